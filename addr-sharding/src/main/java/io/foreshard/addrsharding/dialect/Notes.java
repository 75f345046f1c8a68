package io.foreshard.addrsharding.dialect;

import io.foreshard.addrsharding.route.RoutePlan;

/** What people have to know of a plan in a language that cannot say all of it. */
final class Notes {

    private Notes() {}

    static boolean hasWeight(RoutePlan plan) {
        return plan.announcements().stream()
                        .anyMatch(each -> each.attributes().weight().isPresent())
                || plan.neighbours().stream()
                        .flatMap(each -> each.imports().stream())
                        .anyMatch(each -> each.weight().isPresent());
    }
}
