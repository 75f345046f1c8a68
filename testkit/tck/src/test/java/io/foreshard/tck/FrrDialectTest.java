package io.foreshard.tck;

import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.regex.Pattern;

class FrrDialectTest implements RouterDialectContract {

    @Override
    public RouterDialect dialect() {
        return new FrrDialect();
    }

    @Override
    public Pattern definitions() {
        return Pattern.compile(
                "(?m)^(?:ip prefix-list|ipv6 prefix-list|bgp as-path access-list|bgp large-community-list standard|route-map) (\\S+)");
    }
}
