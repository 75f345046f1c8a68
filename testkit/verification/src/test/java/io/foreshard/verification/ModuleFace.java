package io.foreshard.verification;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What modules show: each function returns what is wrong, in words. */
final class ModuleFace {

    /** Its dependencies have no module name, so that it may lack one too. */
    private static final Set<String> MAY_BE_AUTOMATIC = Set.of("io.foreshard.forecast");

    /** Shared by the engines; an application has no business there. */
    private static final Set<String> EXPORTS_TO_OURS_ONLY = Set.of("io.foreshard.runtime");

    private ModuleFace() {}

    static List<String> wrongIn(ModuleDescriptor module) {
        List<String> wrong = new ArrayList<>();
        if (module.isAutomatic()) {
            if (!MAY_BE_AUTOMATIC.contains(module.name())) {
                wrong.add(module.name() + " is automatic (expected: a module-info)");
            }
            return wrong;
        }
        if (module.isOpen() || !module.opens().isEmpty()) {
            wrong.add(module.name() + " opens packages (expected: none)");
        }
        for (ModuleDescriptor.Exports exported : module.exports()) {
            if (!mayExport(module.name(), exported)) {
                wrong.add(module.name() + " exports " + exported.source());
            }
        }
        return wrong;
    }

    private static boolean mayExport(String module, ModuleDescriptor.Exports exported) {
        if (exported.isQualified()) {
            return exported.targets().stream().allMatch(target -> target.startsWith("io.foreshard."));
        }
        boolean internal = List.of(exported.source().split("\\.")).contains("internal");
        boolean own = (exported.source() + ".").startsWith(module + ".");
        return own && !internal && !EXPORTS_TO_OURS_ONLY.contains(module);
    }

    static List<String> splitPackages(Map<String, ? extends Collection<String>> packagesByModule) {
        Map<String, Set<String>> owners = new HashMap<>();
        packagesByModule.forEach((module, packages) -> packages.forEach(
                name -> owners.computeIfAbsent(name, unused -> new TreeSet<>()).add(module)));
        return owners.entrySet().stream()
                .filter(owner -> owner.getValue().size() > 1)
                .map(owner -> owner.getKey() + " is split over " + owner.getValue())
                .sorted()
                .toList();
    }

    static List<String> unequalServices(
            String module, Map<String, List<String>> provides, Map<String, List<String>> serviceFiles) {
        Set<String> services = new TreeSet<>(provides.keySet());
        services.addAll(serviceFiles.keySet());
        return services.stream()
                .filter(service -> !provides.getOrDefault(service, List.of()).equals(serviceFiles.get(service)))
                .map(service -> module + " provides " + service + " with " + provides.get(service)
                        + " by its module-info and with " + serviceFiles.get(service) + " by its service file")
                .toList();
    }
}
