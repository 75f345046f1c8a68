package io.foreshard.tck;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.regex.Pattern;

class BirdDialectTest implements RouterDialectContract {

    @Override
    public RouterDialect dialect() {
        return new BirdDialect();
    }

    @Override
    public Pattern definitions() {
        return Pattern.compile("(?m)^(?:protocol [a-z]+|filter|function) '?([^ '(]+)");
    }
}
