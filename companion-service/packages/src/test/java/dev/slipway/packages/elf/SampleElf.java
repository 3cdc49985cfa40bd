package dev.slipway.packages.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** The first bytes of ELF files. */
public final class SampleElf {
    private record Ident(int number, int bits, ByteOrder order) {}

    private static final Map<ElfMachine, Ident> IDENTS = Map.of(
            ElfMachine.X86_64, new Ident(62, 64, ByteOrder.LITTLE_ENDIAN),
            ElfMachine.I386, new Ident(3, 32, ByteOrder.LITTLE_ENDIAN),
            ElfMachine.AARCH64, new Ident(183, 64, ByteOrder.LITTLE_ENDIAN),
            ElfMachine.ARM, new Ident(40, 32, ByteOrder.LITTLE_ENDIAN),
            ElfMachine.S390X, new Ident(22, 64, ByteOrder.BIG_ENDIAN));

    private SampleElf() {}

    /** A file that is an executable for the machine, as far as its header goes. */
    public static byte[] of(ElfMachine machine) {
        Ident ident = IDENTS.get(machine);
        if (ident == null) {
            throw new IllegalArgumentException("no sample for " + machine);
        }
        return of(ident.number, ident.bits, ident.order);
    }

    /** As {@link #of(ElfMachine)}, for any number of machine. */
    public static byte[] of(int number, int bits, ByteOrder order) {
        ByteBuffer head = ByteBuffer.allocate(64).order(order);
        head.put(new byte[] {
            0x7f, 'E', 'L', 'F', (byte) (bits == 64 ? 2 : 1), (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1), 1
        });
        head.putShort(16, (short) 2).putShort(18, (short) number);
        return head.array();
    }
}
