package dev.slipway.server.signing;

import dev.slipway.server.database.Sql;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * A file that a signature made, and what it was made from.
 *
 * @param originId of an RPM: its unsigned form
 * @param artifactId of a clear-signed file
 * @param headerStart of an RPM: where the main header begins in the signed file
 */
record SignatureProduct(
        @Nullable Long originId,
        @Nullable Long artifactId,
        String name,
        String unsignedSha256,
        String sha256,
        long size,
        @Nullable Long headerStart,
        @Nullable Long headerEnd) {

    /** The signed files of a task; metadata has none. */
    static List<SignatureProduct> of(long taskId, StatelessSession session) {
        return Sql.list(
                session,
                """
                select sp.package_id, sp.artifact_id, sp.name, sp.blob_sha256, b.sha256, b.size, sp.signed_header_start,
                       sp.signed_header_end
                from sign_payload sp join blob b on b.sha256 = sp.signed_blob_sha256
                where sp.task_id = ? order by sp.id""",
                row -> new SignatureProduct(
                        row.numberOrNull("package_id"),
                        row.numberOrNull("artifact_id"),
                        row.text("name"),
                        row.text("blob_sha256"),
                        row.text("sha256"),
                        row.number("size"),
                        row.numberOrNull("signed_header_start"),
                        row.numberOrNull("signed_header_end")),
                taskId);
    }
}
