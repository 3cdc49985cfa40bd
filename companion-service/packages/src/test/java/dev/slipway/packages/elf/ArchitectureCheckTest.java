package dev.slipway.packages.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureCheckTest {
    @Test
    void recognisesARealBinary() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        byte[] head = Files.newInputStream(java).readNBytes(ArchitectureCheck.HEAD_LENGTH);

        assertThat(ElfMachine.of(head, head.length)).isEqualTo(ElfMachine.ofArch(System.getProperty("os.arch")));
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64, X86_64",
        "amd64, X86_64",
        "i686, I386",
        "i386, I386",
        "aarch64, AARCH64",
        "arm64, AARCH64",
        "armv7hl, ARM",
        "armhf, ARM",
        "s390x, S390X"
    })
    void acceptsBinariesOfTheClaimedArchitectureInBothWorldsWords(String arch, ElfMachine machine) {
        assertThat(foreign(arch, "/usr/bin/tool", machine)).isFalse();
    }

    // acceptance case 58
    @ParameterizedTest
    @CsvSource({
        "aarch64, X86_64",
        "arm64, X86_64",
        "i686, X86_64",
        "x86_64, AARCH64",
        "x86_64, I386",
        "s390x, X86_64",
        "noarch, X86_64",
        "all, X86_64"
    })
    void reportsAProgramForAnotherMachine(String arch, ElfMachine machine) {
        assertThat(foreign(arch, "/usr/bin/tool", machine)).isTrue();
    }

    @Test
    void namesTheFileAndItsMachine() {
        ArchitectureCheck check = new ArchitectureCheck("aarch64");
        look(check, "/usr/bin/tool", ElfMachine.X86_64);

        assertThat(check.foreign())
                .containsExactly(new ArchitectureCheck.ForeignBinary("/usr/bin/tool", ElfMachine.X86_64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/lib/firmware/modem.elf",
                "/lib/firmware/x/modem",
                "/usr/aarch64-linux-gnu/lib/libc.so.6",
                "/usr/lib/gcc-cross/aarch64-linux-gnu/12/crtbegin.o",
                "/opt/kit/sys-root/usr/lib/libc.so.6"
            })
    void leavesFirmwareAndCrossToolsAlone(String path) {
        assertThat(foreign("x86_64", path, ElfMachine.AARCH64)).isFalse();
        assertThat(foreign("noarch", path, ElfMachine.AARCH64)).isFalse();
    }

    @Test
    void doesNotTakeADirectoryOfAnotherMachineForItsOwn() {
        assertThat(foreign("x86_64", "/usr/s390x-linux-gnu/lib/libc.so.6", ElfMachine.AARCH64))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/share/emulator/bios", "/usr/lib/debug/usr/bin/tool.debug", "/boot/loader"})
    void allowsDataAndDebugInformationInPackagesForEveryMachine(String path) {
        assertThat(foreign("noarch", path, ElfMachine.X86_64)).isFalse();
        assertThat(foreign("all", path, ElfMachine.X86_64)).isFalse();
    }

    @Test
    void reportsDebugInformationOfAnotherMachine() {
        assertThat(foreign("aarch64", "/usr/lib/debug/usr/bin/tool.debug", ElfMachine.X86_64))
                .isTrue();
    }

    @Test
    void allowsSecondaryBinariesInCompanyOnly() {
        ArchitectureCheck check = new ArchitectureCheck("x86_64");
        look(check, "/usr/lib/libx.so.1", ElfMachine.I386);
        assertThat(check.foreign()).hasSize(1);

        look(check, "/usr/lib64/libx.so.1", ElfMachine.X86_64);

        assertThat(check.foreign()).isEmpty();
    }

    @Test
    void allowsLibrariesForTheSecondaryMachineAlone() {
        assertThat(foreign("amd64", "/usr/lib32/libc.so.6", ElfMachine.I386)).isFalse();
    }

    @Test
    void leavesMachinesOfNoDistributionAlone() {
        ArchitectureCheck check = new ArchitectureCheck("x86_64");
        byte[] bpf = SampleElf.of(247, 64, ByteOrder.LITTLE_ENDIAN);
        check.file("/usr/bin/filter.o", bpf, bpf.length);

        assertThat(check.foreign()).isEmpty();
    }

    @Test
    void leavesTextAndShortFilesAlone() {
        ArchitectureCheck check = new ArchitectureCheck("noarch");
        check.file("/usr/bin/a", new byte[] {0x7f, 'E', 'L', 'F'}, 4);
        check.file("/usr/bin/b", "#!/bin/sh and more than twenty bytes".getBytes(StandardCharsets.US_ASCII), 36);

        assertThat(check.foreign()).isEmpty();
    }

    @Test
    void saysNothingUnderAnUnknownArchitecture() {
        assertThat(foreign("vax", "/usr/bin/tool", ElfMachine.X86_64)).isFalse();
    }

    private static boolean foreign(String arch, String path, ElfMachine machine) {
        ArchitectureCheck check = new ArchitectureCheck(arch);
        look(check, path, machine);
        return !check.foreign().isEmpty();
    }

    private static void look(ArchitectureCheck check, String path, ElfMachine machine) {
        byte[] elf = SampleElf.of(machine);
        check.file(path, elf, elf.length);
    }
}
