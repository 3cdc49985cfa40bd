package dev.slipway.server.tasks;

import dev.slipway.server.database.Sql;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hibernate.StatelessSession;

/** A running task's log: the pieces it arrived in, contiguous from offset 0. Bytes are kept as they came. */
final class LogStore {
    private LogStore() {}

    /** @param start offset of the first byte */
    record Piece(long start, byte[] content) {
        long end() {
            return start + content.length;
        }
    }

    /**
     * Takes a piece and answers the offset of what is to follow it. What is known already is passed over if it is the same.
     * Beyond the limit nothing is kept, but the sender is not troubled with it.
     *
     * @param task with its row locked
     */
    static long append(TaskRow task, long offset, byte[] bytes, long limit, StatelessSession session) {
        long size = task.logSize();
        if (size >= limit) {
            return Math.max(size, offset + bytes.length);
        }
        if (offset > size || offset < 0) {
            throw TaskProblems.wrongOffset(size);
        }
        int known = (int) Math.min(size - offset, bytes.length);
        if (!Arrays.equals(read(task.id(), offset, known, session), Arrays.copyOf(bytes, known))) {
            throw TaskProblems.wrongOffset(size);
        }
        if (known == bytes.length) {
            return offset + known;
        }
        byte[] fresh = Arrays.copyOfRange(bytes, known, bytes.length);
        byte[] kept = size + fresh.length < limit ? fresh : cut(fresh, (int) (limit - size), limit);
        Sql.update(
                session,
                "insert into task_log (task_id, start_offset, content) values (?, ?, ?)",
                task.id(),
                size,
                kept);
        Sql.update(session, "update task set log_size = ? where id = ?", size + kept.length, task.id());
        return offset + bytes.length;
    }

    private static byte[] cut(byte[] bytes, int length, long limit) {
        byte[] note = ("\n[the log is cut off here: it is longer than " + (limit >> 10) + " KiB]\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(bytes, length + note.length);
        System.arraycopy(note, 0, cut, length, note.length);
        return cut;
    }

    /** At most {@code limit} bytes from {@code offset} on; fewer at the end. */
    static byte[] read(long taskId, long offset, int limit, StatelessSession session) {
        if (limit == 0) {
            return new byte[0];
        }
        List<Piece> pieces = Sql.list(
                session,
                """
                select start_offset, content from task_log
                 where task_id = ? and start_offset < ?
                   and start_offset >= coalesce(
                         (select max(start_offset) from task_log where task_id = ? and start_offset <= ?), 0)
                 order by start_offset
                """,
                row -> new Piece(row.number("start_offset"), row.bytes("content")),
                taskId,
                offset + limit,
                taskId,
                offset);
        byte[] result = new byte[limit];
        int filled = 0;
        for (Piece piece : pieces) {
            int from = (int) Math.max(0, offset - piece.start());
            int count = Math.min(piece.content().length - from, limit - filled);
            if (count > 0) {
                System.arraycopy(piece.content(), from, result, filled, count);
                filled += count;
            }
        }
        return filled == limit ? result : Arrays.copyOf(result, filled);
    }

    static void clear(long taskId, StatelessSession session) {
        Sql.update(session, "delete from task_log where task_id = ?", taskId);
    }
}
