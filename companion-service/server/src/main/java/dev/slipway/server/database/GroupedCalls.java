package dev.slipway.server.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of many threads in groups, as databases do with commits: calls that come while groups run are the next
 * one, run by the first thread among them. A lone call is a group by itself and waits for nothing, and the more come at
 * once the less each costs.
 */
public final class GroupedCalls<A, R> {
    private final int most;
    private final Function<List<A>, List<Supplier<R>>> work;
    private final Queue<Call<A, R>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore turns;

    /**
     * Without a call yet.
     *
     * @param atOnce how many groups may run at the same time: while one waits for its commit, another can work
     * @param most the largest group
     * @param work answers a group's arguments, in their order; an answer may throw what only its own caller is to see. When
     *     it throws itself, each call of the group is tried alone, unless PostgreSQL is away
     */
    public GroupedCalls(int atOnce, int most, Function<List<A>, List<Supplier<R>>> work) {
        this.turns = new Semaphore(atOnce);
        this.most = most;
        this.work = work;
    }

    /** The work's answer for this argument; waits while earlier groups run. Throws what the work throws. */
    public R call(A argument) {
        Call<A, R> call = new Call<>(argument, Thread.currentThread());
        waiting.add(call);
        boolean interrupted = false;
        while (call.answer == null) {
            if (turns.tryAcquire()) {
                try {
                    runNext();
                } finally {
                    turns.release();
                    wakeNext();
                }
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return call.answer.get();
    }

    /** How many calls wait for a group to run. */
    int waiting() {
        return waiting.size();
    }

    private void runNext() {
        List<Call<A, R>> group = new ArrayList<>();
        for (Call<A, R> call = waiting.poll(); call != null; call = waiting.poll()) {
            group.add(call);
            if (group.size() == most) {
                break;
            }
        }
        if (!group.isEmpty()) {
            run(group);
        }
    }

    private void run(List<Call<A, R>> group) {
        List<Supplier<R>> answers;
        try {
            answers = work.apply(group.stream().map(call -> call.argument).toList());
        } catch (RuntimeException | Error e) {
            if (group.size() > 1 && e instanceof RuntimeException && !(e instanceof DatabaseUnavailableException)) {
                group.forEach(call -> run(List.of(call)));
            } else {
                group.forEach(call -> call.finish(() -> rethrow(e)));
            }
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).finish(answers.get(i));
        }
    }

    private static <R> R rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    /** Whoever came too late for the last group would otherwise wait for a next one that nobody starts. */
    private void wakeNext() {
        Call<A, R> next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next.caller);
        }
    }

    private static final class Call<A, R> {
        private final A argument;
        private final Thread caller;
        private volatile @Nullable Supplier<R> answer;

        Call(A argument, Thread caller) {
            this.argument = argument;
            this.caller = caller;
        }

        void finish(Supplier<R> with) {
            answer = with;
            LockSupport.unpark(caller);
        }
    }
}
