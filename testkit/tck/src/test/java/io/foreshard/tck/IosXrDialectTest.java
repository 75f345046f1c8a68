package io.foreshard.tck;

import io.foreshard.addrsharding.dialect.IosXrDialect;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.regex.Pattern;

class IosXrDialectTest implements RouterDialectContract {

    @Override
    public RouterDialect dialect() {
        return new IosXrDialect();
    }

    @Override
    public Pattern definitions() {
        return Pattern.compile("(?m)^(?:prefix-set|route-policy) (\\S+)");
    }
}
