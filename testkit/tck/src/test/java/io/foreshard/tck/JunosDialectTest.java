package io.foreshard.tck;

import io.foreshard.addrsharding.dialect.JunosDialect;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.regex.Pattern;

class JunosDialectTest implements RouterDialectContract {

    @Override
    public RouterDialect dialect() {
        return new JunosDialect();
    }

    @Override
    public Pattern definitions() {
        return Pattern.compile(
                "(?m)^set (?:groups|apply-groups|groups FS policy-options (?:community|policy-statement)) (\\S+)");
    }
}
