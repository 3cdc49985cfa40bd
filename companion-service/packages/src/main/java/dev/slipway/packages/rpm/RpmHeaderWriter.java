package dev.slipway.packages.rpm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts a header together: tags in ascending order, data aligned, all of it inside a region. */
final class RpmHeaderWriter {
    private static final long MAGIC = 0x8eade80100000000L;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Value(int type, int count, byte[] data) {
        int alignment() {
            return switch (type) {
                case RpmHeader.INT16 -> 2;
                case RpmHeader.INT32 -> 4;
                case RpmHeader.INT64 -> 8;
                default -> 1;
            };
        }
    }

    private final Map<Integer, Value> values = new TreeMap<>();

    boolean has(int tag) {
        return values.containsKey(tag);
    }

    void copy(RpmHeader header, RpmHeader.Entry entry) {
        byte[] data = Arrays.copyOfRange(header.bytes(), entry.from(), entry.from() + entry.length());
        put(entry.tag(), entry.type(), entry.count(), data);
    }

    void binary(int tag, byte[] data) {
        put(tag, RpmHeader.BIN, data.length, data);
    }

    void strings(int tag, List<byte[]> texts) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (byte[] text : texts) {
            data.writeBytes(text);
            data.write(0);
        }
        put(tag, RpmHeader.STRING_ARRAY, texts.size(), data.toByteArray());
    }

    void put(int tag, int type, int count, byte[] data) {
        values.put(tag, new Value(type, count, data));
    }

    /** The header, from its magic to the end of its data. */
    byte[] bytes(int region) {
        ByteArrayOutputStream store = new ByteArrayOutputStream();
        int entries = values.size() + 1;
        ByteBuffer index = ByteBuffer.allocate(entries * RpmHeader.ENTRY);
        index.position(RpmHeader.ENTRY);
        values.forEach((tag, value) -> {
            store.writeBytes(new byte[-store.size() & (value.alignment() - 1)]);
            index.putInt(tag).putInt(value.type()).putInt(store.size()).putInt(value.count());
            store.writeBytes(value.data());
        });
        index.putInt(0, region).putInt(4, RpmHeader.BIN).putInt(8, store.size()).putInt(12, RpmHeader.ENTRY);
        store.writeBytes(ByteBuffer.allocate(RpmHeader.ENTRY)
                .putInt(region)
                .putInt(RpmHeader.BIN)
                .putInt(-RpmHeader.ENTRY * entries)
                .putInt(RpmHeader.ENTRY)
                .array());
        return ByteBuffer.allocate(RpmHeader.INTRO + index.capacity() + store.size())
                .putLong(MAGIC)
                .putInt(entries)
                .putInt(store.size())
                .put(index.array())
                .put(store.toByteArray())
                .array();
    }
}
