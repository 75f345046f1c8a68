package io.foreshard.verification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * Nothing reads a clock or makes randomness of its own: time is an argument, and a generator is either handed in or made from
 * a seed that is. The few outermost adapters are named.
 */
final class HandedInTimeAndChance extends ArchCondition<JavaClass> {

    private static final Set<String> METHODS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.lang.Thread.sleep",
            "java.util.Calendar.getInstance",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of",
            "io.netty.util.concurrent.Ticker.systemTicker",
            "io.netty.util.internal.PlatformDependent.threadLocalRandom");

    private static final Set<String> MADE_WITHOUT_A_SEED =
            Set.of("java.util.Random", "java.util.SplittableRandom", "java.util.Date");

    private final Set<String> adapters;

    private HandedInTimeAndChance(Set<String> adapters) {
        super("get time and randomness handed in");
        this.adapters = adapters;
    }

    static ArchRule rule(Set<String> adapters) {
        return classes().should(new HandedInTimeAndChance(adapters)).allowEmptyShould(true);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (adapters.contains(outermost(type).getName())) {
            return;
        }
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            if (access.getTarget() instanceof CodeUnitAccessTarget target && isClockOrChance(target)) {
                events.add(SimpleConditionEvent.violated(access, access.getDescription()));
            }
        }
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(HandedInTimeAndChance::outermost).orElse(type);
    }

    private static boolean isClockOrChance(CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        if (name.equals(JavaConstructor.CONSTRUCTOR_NAME)) {
            return owner.equals("java.security.SecureRandom")
                    || (MADE_WITHOUT_A_SEED.contains(owner)
                            && target.getRawParameterTypes().isEmpty());
        }
        return METHODS.contains(owner + "." + name)
                || (owner.startsWith("java.time.") && name.equals("now"))
                || (owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick")))
                || (owner.equals("java.security.SecureRandom") && name.startsWith("getInstance"));
    }
}
