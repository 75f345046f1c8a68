package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.RouterConfiguration;
import io.foreshard.addrsharding.spi.RouterDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A contract test that never fails is worth nothing: each way to break the contract is noticed, and named. */
class BrokenRouterDialectTest {

    /** A language whose files are those of FRR, with something else. */
    private static RouterDialectContract contractOf(UnaryOperator<String> change) {
        RouterDialect dialect = new RouterDialect() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public RouterConfiguration render(RoutePlan plan) {
                return new RouterConfiguration(
                        change.apply(new FrrDialect().render(plan).text()), List.of());
            }
        };
        return new RouterDialectContract() {
            @Override
            public RouterDialect dialect() {
                return dialect;
            }

            @Override
            public Pattern definitions() {
                return Pattern.compile("(?m)^route-map (\\S+)");
            }
        };
    }

    private static void assertNoticed(String word, Executable test) {
        AssertionError error = assertThrows(AssertionError.class, test);
        assertTrue(String.valueOf(error.getMessage()).contains(word), error.getMessage());
    }

    @Test
    void noticesMoreThanThePlan() {
        RouterDialectContract contract = contractOf(text -> text + "network 10.9.0.0/16\n");
        assertNoticed("10.9.0.0/16", contract::namesEveryPrefixOfThePlanAndNoOther);
        assertNoticed("10.9.0.0/16", contract::forgetsWhatIsWithdrawn);
    }

    @Test
    void noticesLessThanThePlan() {
        RouterDialectContract contract = contractOf(text -> text.replaceAll("network 2001.*", ""));
        assertNoticed("is missing", contract::namesEveryPrefixOfThePlanAndNoOther);
    }

    @Test
    void noticesAFilterThatIsWiderThanThePlan() {
        RouterDialectContract contract = contractOf(text -> text.replace("10.64.0.0/12", "10.0.0.0/8"));
        assertNoticed("10.0.0.0/8", contract::namesEveryPrefixOfThePlanAndNoOther);
    }

    @Test
    void noticesADialectThatRemembers() {
        List<String> before = new ArrayList<>();
        RouterDialectContract contract = contractOf(text -> {
            before.add(text);
            return text + "! " + before.size() + "\n";
        });
        assertThrows(AssertionError.class, contract::writesTheSameWheneverItIsAsked);
    }

    @Test
    void noticesTextThatIsNoLines() {
        assertThrows(AssertionError.class, contractOf(text -> text + "é\n")::writesPlainLines);
        assertThrows(AssertionError.class, contractOf(text -> text + "end")::writesPlainLines);
    }

    @Test
    void noticesObjectsThatCouldBeOfOthers() {
        assertNoticed(
                "CUSTOMERS", contractOf(text -> text.replace("FS-OUT", "CUSTOMERS"))::definesOnlyObjectsThatAreItsOwn);
    }

    @Test
    void noticesANameThatBecomesACommand() {
        UnaryOperator<String> careless = text -> text.replace("description exit", "exit");
        assertThrows(AssertionError.class, contractOf(careless)::takesNoNameForACommand);
    }
}
