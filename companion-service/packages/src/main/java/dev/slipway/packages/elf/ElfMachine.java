package dev.slipway.packages.elf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The machines that distributions are built for, as ELF files name them (System V ABI, "e_machine", EI_CLASS, EI_DATA)
 * and as package architectures name them in RPM and in Debian.
 */
public enum ElfMachine {
    X86_64(62, 64, false, "x86_64 x86_64_v2 x86_64_v3 x86_64_v4 amd64 ia32e em64t"),
    X32(62, 32, false, "x32"),
    I386(3, 32, false, "i386 i486 i586 i686 athlon geode pentium3 pentium4"),
    AARCH64(183, 64, false, "aarch64 arm64"),
    ARM(
            40,
            32,
            false,
            "arm armv4tl armv5tl armv5tel armv5tejl armv6l armv6hl armv7l armv7hl armv7hnl armv8l armv8hl armel armhf"),
    PPC64LE(21, 64, false, "ppc64le ppc64el powerpc64le"),
    PPC64(21, 64, true, "ppc64 ppc64p7 powerpc64"),
    PPC(20, 32, true, "ppc powerpc"),
    S390X(22, 64, true, "s390x"),
    S390(22, 32, true, "s390"),
    RISCV64(243, 64, false, "riscv64"),
    LOONGARCH64(258, 64, false, "loongarch64 loong64"),
    MIPS64EL(8, 64, false, "mips64el mips64r6el"),
    MIPSEL(8, 32, false, "mipsel mipsr6el"),
    MIPS64(8, 64, true, "mips64 mips64r6"),
    MIPS(8, 32, true, "mips mipsr6"),
    SPARC64(43, 64, true, "sparc64 sparc64v"),
    SPARC(2, 32, true, "sparc sparcv8 sparcv9 sparcv9v"),
    ALPHA(0x9026, 64, false, "alpha alphaev5 alphaev56 alphapca56 alphaev6 alphaev67"),
    IA64(50, 64, false, "ia64"),
    M68K(4, 32, true, "m68k"),
    HPPA(15, 32, true, "hppa parisc"),
    SH4(42, 32, false, "sh4 sh4a");

    private static final Map<String, ElfMachine> BY_ARCH = new HashMap<>();
    private static final Map<ElfMachine, Set<ElfMachine>> ALSO_RUNS = Map.of(
            X86_64, Set.of(I386, X32),
            X32, Set.of(I386, X86_64),
            AARCH64, Set.of(ARM),
            PPC64, Set.of(PPC),
            S390X, Set.of(S390),
            MIPS64EL, Set.of(MIPSEL),
            MIPS64, Set.of(MIPS),
            SPARC64, Set.of(SPARC));

    static {
        for (ElfMachine machine : values()) {
            for (String arch : machine.arches) {
                BY_ARCH.put(arch, machine);
            }
        }
    }

    private final int number;
    private final int bits;
    private final boolean bigEndian;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is
    private final Set<String> arches;

    ElfMachine(int number, int bits, boolean bigEndian, String arches) {
        this.number = number;
        this.bits = bits;
        this.bigEndian = bigEndian;
        this.arches = Set.of(arches.split(" "));
    }

    /** The machine of a package architecture of either world ({@code x86_64} and {@code amd64} are the same one). */
    public static Optional<ElfMachine> ofArch(String arch) {
        return Optional.ofNullable(BY_ARCH.get(arch));
    }

    /** Whether packages of this architecture hold nothing for a particular machine: {@code noarch}, {@code all}. */
    public static boolean isIndependent(String arch) {
        return arch.equals("noarch") || arch.equals("all");
    }

    /** The machine that a file is made for; empty when it is no ELF file, or one for no machine listed here. */
    public static Optional<ElfMachine> of(byte[] head, int length) {
        if (length < 20 || head[0] != 0x7f || head[1] != 'E' || head[2] != 'L' || head[3] != 'F') {
            return Optional.empty();
        }
        boolean big = head[5] == 2;
        int bits = head[4] == 2 ? 64 : 32;
        int number = ((head[big ? 18 : 19] & 0xff) << 8) | (head[big ? 19 : 18] & 0xff);
        for (ElfMachine machine : values()) {
            if (machine.number == number && machine.bits == bits && machine.bigEndian == big) {
                return Optional.of(machine);
            }
        }
        return Optional.empty();
    }

    /** The names of this machine: RPM's and Debian's architectures, and the first word of GNU triplets. */
    public Set<String> arches() {
        return arches;
    }

    /** Whether this machine runs programs of the other one beside its own, as x86_64 runs i386. */
    public boolean alsoRuns(ElfMachine other) {
        return ALSO_RUNS.getOrDefault(this, Set.of()).contains(other);
    }
}
