package io.foreshard.verification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A module depends only on those that its {@link Layout} allows. */
final class DependencyDirection extends ArchCondition<JavaClass> {

    private final Layout layout;

    private DependencyDirection(Layout layout) {
        super("depend only on modules that the layout allows");
        this.layout = layout;
    }

    static ArchRule rule(Layout layout) {
        return classes().should(new DependencyDirection(layout)).allowEmptyShould(true);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String module = layout.moduleOf(type.getPackageName());
        if (!layout.knows(module)) {
            String what = type.getName() + " is in a module that the layout does not know: " + module;
            events.add(SimpleConditionEvent.violated(type, what));
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
            if (layout.covers(target) && !layout.mayUse(module, layout.moduleOf(target))) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }
}
