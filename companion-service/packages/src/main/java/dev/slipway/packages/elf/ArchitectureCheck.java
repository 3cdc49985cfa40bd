package dev.slipway.packages.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the binaries of one package against the architecture that the package claims. Build tools do not: told to build
 * for another target they label what the host's compiler made, and succeed.
 *
 * <p>Not every binary of another machine is a lie, so the rule is:
 *
 * <ul>
 *   <li>Files for machines that no distribution is built for (BPF, co-processors) are never reported.
 *   <li>Firmware, what lies in a directory named for its machine ({@code /usr/aarch64-linux-gnu/…}, as cross compilers
 *       have them) and what lies in a {@code sys-root} is never reported.
 *   <li>Binaries of a machine that the claimed one also runs (i386 on x86_64), and data ({@code share}, {@code boot},
 *       {@code grub}, {@code src}, {@code testdata}, {@code vdso} directories) are reported only when the package holds
 *       no binary of its own machine; {@code lib32} and {@code libx32} may stand alone.
 *   <li>Packages for every machine ({@code noarch}, {@code all}) may hold binaries as data, firmware or debug
 *       information, and nowhere else.
 *   <li>Everything else of another machine is reported. Under an architecture that is not known nothing is.
 * </ul>
 *
 * <p>Not safe for use by several threads.
 */
public final class ArchitectureCheck {
    /** How many leading bytes of a file suffice. */
    public static final int HEAD_LENGTH = 20;

    private static final int MOST = 20;
    private static final Set<String> ALWAYS = Set.of("firmware", "sys-root", "sysroot");
    private static final Set<String> DATA = Set.of("share", "boot", "grub", "src", "testdata", "vdso");
    private static final Set<String> SECONDARY = Set.of("lib32", "libx32");
    private static final Pattern TRIPLET = Pattern.compile("([a-z0-9_]+)-(?:[a-z0-9_]+-)?(?:linux|elf|none|eabi).*");

    /**
     * A binary that does not fit.
     *
     * @param path where it is in the package
     * @param machine what it is made for
     */
    public record ForeignBinary(String path, ElfMachine machine) {}

    private final boolean independent;
    private final @Nullable ElfMachine own;
    private final List<ForeignBinary> foreign = new ArrayList<>();
    private final List<ForeignBinary> onlyInCompany = new ArrayList<>();
    private boolean company;

    /** Begins the check of a package of this architecture, in RPM's or Debian's words. */
    public ArchitectureCheck(String arch) {
        independent = ElfMachine.isIndependent(arch);
        own = ElfMachine.ofArch(arch).orElse(null);
    }

    /**
     * Looks at one regular file.
     *
     * @param path its path in the package
     * @param head at least the first {@link #HEAD_LENGTH} bytes, or all of a shorter file
     * @param length how many bytes of {@code head} count
     */
    public void file(String path, byte[] head, int length) {
        Optional<ElfMachine> found = ElfMachine.of(head, length);
        if (found.isEmpty() || (!independent && own == null)) {
            return;
        }
        ElfMachine machine = found.get();
        if (machine == own) {
            company = true;
            return;
        }
        List<String> directories = directories(path);
        if (directories.stream().anyMatch(d -> ALWAYS.contains(d) || names(d, machine))) {
            return;
        }
        boolean data = directories.stream().anyMatch(DATA::contains);
        ForeignBinary binary = new ForeignBinary(path, machine);
        if (independent) {
            if (!data && !directories.contains("debug")) {
                add(foreign, binary);
            }
        } else if (own != null && own.alsoRuns(machine)) {
            if (directories.stream().noneMatch(SECONDARY::contains)) {
                add(onlyInCompany, binary);
            }
        } else {
            add(data ? onlyInCompany : foreign, binary);
        }
    }

    /** The binaries that do not fit, the first {@value #MOST} of them; empty for an honest package. */
    public List<ForeignBinary> foreign() {
        List<ForeignBinary> all = new ArrayList<>(foreign);
        if (!company) {
            all.addAll(onlyInCompany);
        }
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static boolean names(String directory, ElfMachine machine) {
        var triplet = TRIPLET.matcher(directory);
        return triplet.matches() && machine.arches().contains(triplet.group(1));
    }

    private static List<String> directories(String path) {
        List<String> segments = List.of(path.split("/"));
        return segments.subList(0, Math.max(0, segments.size() - 1));
    }

    private static void add(List<ForeignBinary> list, ForeignBinary binary) {
        if (list.size() < MOST) {
            list.add(binary);
        }
    }
}
