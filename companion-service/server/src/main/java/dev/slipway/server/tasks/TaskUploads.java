package dev.slipway.server.tasks;

import dev.slipway.server.database.Sql;
import dev.slipway.server.http.ProblemException;
import java.util.List;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;

/** Files that a running task has uploaded. They become artifacts by the report, or nothing. */
public final class TaskUploads {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+~^%:@=,-]{0,249}");
    private static final int MOST_FILES = 5_000;

    private TaskUploads() {}

    /** @param sha256 hexadecimal */
    public record Uploaded(String name, String sha256, long size) {}

    /** Refuses a name that could be anything but a plain file's. */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.unprocessable(
                    "an artifact's name is a plain file name of at most 250 letters, digits and ._+~^%:@=,- that does not"
                            + " start with a punctuation mark");
        }
    }

    /** Notes an upload of the task's present holder; the same name again replaces it. */
    public static void note(TaskRow task, Uploaded file, StatelessSession session) {
        Sql.update(session, """
                insert into task_upload (task_id, generation, name, blob_sha256, size) values (?, ?, ?, ?, ?)
                on conflict (task_id, generation, name) do update set blob_sha256 = excluded.blob_sha256, size = excluded.size
                """, task.id(), task.generation(), file.name(), file.sha256(), file.size());
        if (Sql.number(session, "select count(*) from task_upload where task_id = ?", task.id()) > MOST_FILES) {
            throw ProblemException.unprocessable("a task has at most " + MOST_FILES + " artifacts");
        }
    }

    /** What the task's present holder has uploaded. */
    static List<Uploaded> of(TaskRow task, StatelessSession session) {
        return Sql.list(
                session,
                "select name, blob_sha256, size from task_upload where task_id = ? and generation = ? order by name",
                row -> new Uploaded(row.text("name"), row.text("blob_sha256"), row.number("size")),
                task.id(),
                task.generation());
    }
}
