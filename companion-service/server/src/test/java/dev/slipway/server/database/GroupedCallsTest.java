package dev.slipway.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupedCallsTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    /** Notes each group; the first one lasts until it may end. */
    private List<Supplier<Integer>> doubled(List<Integer> numbers) {
        groups.add(numbers);
        if (groups.size() == 1) {
            try {
                firstMayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return numbers.stream()
                .<Supplier<Integer>>map(number -> () -> 2 * number)
                .toList();
    }

    private List<Future<Integer>> callWhileOneRuns(GroupedCalls<Integer, Integer> calls, int more) {
        List<Future<Integer>> answers = new ArrayList<>();
        answers.add(callers.submit(() -> calls.call(0)));
        await().until(() -> groups.size() == 1);
        IntStream.rangeClosed(1, more).forEach(i -> answers.add(callers.submit(() -> calls.call(i))));
        await().until(() -> calls.waiting() == more);
        return answers;
    }

    @Test
    void aLoneCallIsAGroupByItself() {
        firstMayEnd.countDown();

        assertThat(new GroupedCalls<>(1, 64, this::doubled).call(21)).isEqualTo(42);

        assertThat(groups).containsExactly(List.of(21));
    }

    @Test
    void callsThatComeWhileAGroupRunsAreTheNextOne() throws Exception {
        List<Future<Integer>> answers = callWhileOneRuns(new GroupedCalls<>(1, 64, this::doubled), 5);

        firstMayEnd.countDown();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo(2 * i);
        }
        assertThat(groups).hasSize(2);
        assertThat(groups.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void noGroupIsLargerThanTheMost() throws Exception {
        List<Future<Integer>> answers = callWhileOneRuns(new GroupedCalls<>(1, 2, this::doubled), 5);

        firstMayEnd.countDown();

        for (Future<Integer> each : answers) {
            each.get();
        }
        assertThat(groups).extracting(List::size).containsExactly(1, 2, 2, 1);
    }

    @Test
    void aGroupNeedNotWaitForAnotherWhenTwoMayRunAtOnce() throws Exception {
        GroupedCalls<Integer, Integer> calls = new GroupedCalls<>(2, 64, this::doubled);
        Future<Integer> first = callers.submit(() -> calls.call(1));
        await().until(() -> groups.size() == 1);

        assertThat(calls.call(2)).isEqualTo(4);

        assertThat(first).isNotDone();
        firstMayEnd.countDown();
        assertThat(first.get()).isEqualTo(2);
    }

    @Test
    void aCallThatBreaksItsGroupFailsAlone() throws Exception {
        Function<List<Integer>, List<Supplier<Integer>>> picky = numbers -> {
            List<Supplier<Integer>> answers = doubled(numbers);
            if (numbers.contains(3)) {
                throw new IllegalArgumentException("three");
            }
            return answers;
        };
        List<Future<Integer>> answers = callWhileOneRuns(new GroupedCalls<>(1, 64, picky), 4);

        firstMayEnd.countDown();

        assertThat(answers.get(2).get()).isEqualTo(4);
        assertThat(answers.get(4).get()).isEqualTo(8);
        assertThatThrownBy(() -> answers.get(3).get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("three");
    }

    @Test
    void withoutADatabaseAGroupFailsAtOnce() throws Exception {
        Function<List<Integer>, List<Supplier<Integer>>> away = numbers -> {
            doubled(numbers);
            throw new DatabaseUnavailableException(null);
        };
        List<Future<Integer>> answers = callWhileOneRuns(new GroupedCalls<>(1, 64, away), 4);

        firstMayEnd.countDown();

        for (Future<Integer> each : answers) {
            assertThatThrownBy(each::get).hasCauseInstanceOf(DatabaseUnavailableException.class);
        }
        assertThat(groups).hasSize(2);
    }

    @Test
    void whatOneAnswerThrowsOnlyItsCallerSees() {
        firstMayEnd.countDown();
        GroupedCalls<Integer, Integer> calls = new GroupedCalls<>(
                1,
                64,
                numbers -> List.of(() -> {
                    throw new IllegalStateException("mine");
                }));

        assertThatThrownBy(() -> calls.call(1)).hasMessage("mine");
    }
}
