package dev.slipway.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Seconds of processor time, from {@code /proc/PID/stat} (proc(5)). Unlike the clock's time they mean the same on a machine
 * that is busy with something else.
 *
 * @param database 0 when it is not on this machine
 */
record CpuTimes(double client, double companion, double database) {
    /** Fields behind the program's name: its parent, and times of its own and of its ended children in ticks. */
    private static final int PARENT = 1;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDRENS_USER = 13;
    private static final int CHILDRENS_SYSTEM = 14;
    private static final double TICKS_IN_SECOND = 100;

    CpuTimes since(CpuTimes former) {
        return new CpuTimes(client - former.client, companion - former.companion, database - former.database);
    }

    /** What one of so many took. */
    String each(int count) {
        return String.format(
                Locale.ROOT,
                "%.2f ms of a processor in the client, %.2f ms in the companion, %.2f ms in the database",
                client * 1000 / count,
                companion * 1000 / count,
                database * 1000 / count);
    }

    static double of(long pid) throws IOException {
        return own(stat(Path.of("/proc", Long.toString(pid))));
    }

    /** Of those threads of a Java process that compile its code: HotSpot calls them C1 and C2 CompilerThread. */
    static double ofCompiler(long pid) throws IOException {
        double sum = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                String line = line(thread);
                if (line.contains("(C1 CompilerThre") || line.contains("(C2 CompilerThre")) {
                    sum += own(fields(line));
                }
            }
        }
        return sum;
    }

    private static double own(String[] fields) {
        return fields.length == 0 ? 0 : seconds(fields, USER) + seconds(fields, SYSTEM);
    }

    /** Of a process, its ended children and those that live. */
    static double ofFamily(long pid) throws IOException {
        String[] parent = stat(Path.of("/proc", Long.toString(pid)));
        if (parent.length == 0) {
            return 0;
        }
        double sum = of(pid) + seconds(parent, CHILDRENS_USER) + seconds(parent, CHILDRENS_SYSTEM);
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(each -> each.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                String[] fields = stat(process);
                if (fields.length > 0 && fields[PARENT].equals(Long.toString(pid))) {
                    sum += own(fields);
                }
            }
        }
        return sum;
    }

    private static double seconds(String[] fields, int field) {
        return Long.parseLong(fields[field]) / TICKS_IN_SECOND;
    }

    /** The fields from the third on; none when there is no such process. */
    private static String[] stat(Path process) throws IOException {
        return fields(line(process));
    }

    private static String[] fields(String line) {
        return line.isEmpty()
                ? new String[0]
                : line.substring(line.lastIndexOf(')') + 2).split(" ");
    }

    /** Empty when there is no such process or thread. */
    private static String line(Path process) throws IOException {
        try {
            return Files.readString(process.resolve("stat"));
        } catch (IOException e) {
            if (Files.exists(process)) {
                throw e;
            }
            return ""; // it may also have ended between opening and reading
        }
    }
}
