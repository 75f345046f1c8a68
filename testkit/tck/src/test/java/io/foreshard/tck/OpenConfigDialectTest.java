package io.foreshard.tck;

import io.foreshard.addrsharding.dialect.OpenConfigDialect;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.regex.Pattern;

class OpenConfigDialectTest implements RouterDialectContract {

    @Override
    public RouterDialect dialect() {
        return new OpenConfigDialect();
    }

    /** The instance "default" is always there. */
    @Override
    public Pattern definitions() {
        return Pattern.compile("\"name\": \"(?!default\")([^\"]+)\"");
    }
}
