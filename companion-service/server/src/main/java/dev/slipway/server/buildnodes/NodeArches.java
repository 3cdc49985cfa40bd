package dev.slipway.server.buildnodes;

import dev.slipway.server.workers.Slots;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node's architectures say of the packages it can make. The founding system's nodes say {@code src} and mean source
 * packages of the format that they build, which their other architectures tell.
 */
final class NodeArches {
    private NodeArches() {}

    static List<String> narrowed(List<String> given) {
        Set<String> formats = Stream.of("rpm", "deb")
                .filter(format -> given.stream().anyMatch(arch -> tells(arch, format)))
                .collect(Collectors.toSet());
        if (formats.size() != 1) {
            return given;
        }
        String format = formats.iterator().next();
        return given.stream()
                .map(arch -> arch.contains(":") ? arch : arch + ":" + format)
                .toList();
    }

    /** Whether packages of this format have that architecture, and no others. */
    private static boolean tells(String arch, String format) {
        String other = format.equals("rpm") ? "deb" : "rpm";
        return arch.endsWith(":" + format)
                || !arch.contains(":") && Slots.mayBe(format, arch) && !Slots.mayBe(other, arch);
    }
}
