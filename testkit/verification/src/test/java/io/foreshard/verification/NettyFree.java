package io.foreshard.verification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** What is shared by engines on any transport does not know Netty. */
final class NettyFree {

    private NettyFree() {}

    static ArchRule rule(Layout layout) {
        String root = layout.root();
        return noClasses()
                .that()
                .resideInAnyPackage(root + ".coreapi..", root + ".runtime..", root + ".forecast..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .allowEmptyShould(true);
    }
}
