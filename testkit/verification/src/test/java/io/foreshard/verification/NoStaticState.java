package io.foreshard.verification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** A static field is final, and what it holds cannot be written either, as far as its type tells. */
final class NoStaticState extends ArchCondition<JavaField> {

    private static final List<String> MUTABLE_PACKAGES = List.of("java.util.concurrent.atomic");

    private static final List<Class<?>> MUTABLE = List.of(
            ThreadLocal.class,
            io.netty.util.concurrent.FastThreadLocal.class,
            java.util.AbstractCollection.class,
            java.util.AbstractMap.class,
            java.util.Random.class,
            java.util.concurrent.ConcurrentMap.class,
            java.util.Queue.class);

    private NoStaticState() {
        super("hold no static state");
    }

    static ArchRule rule() {
        return fields().should(new NoStaticState()).allowEmptyShould(true);
    }

    @Override
    public void check(JavaField field, ConditionEvents events) {
        if (!field.getModifiers().contains(JavaModifier.STATIC)) {
            return;
        }
        if (!field.getModifiers().contains(JavaModifier.FINAL) || isMutable(field.getRawType())) {
            events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is static state"));
        }
    }

    private static boolean isMutable(JavaClass type) {
        return MUTABLE.stream().anyMatch(type::isAssignableTo)
                || (MUTABLE_PACKAGES.contains(type.getPackageName())
                        && !type.getName().endsWith("FieldUpdater"));
    }
}
