package dev.slipway.server.publications;

import dev.slipway.packages.buckets.FragmentSource;
import dev.slipway.server.database.Sql;
import dev.slipway.server.database.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** The ready-made metadata of packages, read from the database a few at a time. */
final class Fragments {

    /** How many fragments are in memory at once; a file list can have megabytes. */
    private static final int AT_ONCE = 32;

    private final Transactions transactions;

    Fragments(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The fragments of one kind, for example {@code filelists}. */
    FragmentSource ofKind(String kind) {
        return (ids, out) -> {
            for (int from = 0; from < ids.length; from += AT_ONCE) {
                write(kind, Arrays.copyOfRange(ids, from, Math.min(ids.length, from + AT_ONCE)), out);
            }
        };
    }

    private void write(String kind, long[] ids, OutputStream out) throws IOException {
        List<byte[]> contents = transactions.read(session -> Sql.list(
                session,
                """
                select f.content from unnest(?::bigint[]) with ordinality as wanted(id, place)
                join package_fragment f on f.package_id = wanted.id and f.kind = ? order by wanted.place""",
                row -> row.bytes("content"),
                Arrays.stream(ids).boxed().toList(),
                kind));
        if (contents.size() != ids.length) {
            throw new IOException("the " + kind + " metadata of " + (ids.length - contents.size())
                    + " packages is missing; have them read again");
        }
        for (byte[] content : contents) {
            out.write(content);
        }
    }
}
