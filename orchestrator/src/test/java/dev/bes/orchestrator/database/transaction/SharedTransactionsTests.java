package dev.bes.orchestrator.database.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** Work that comes while transactions are under way is done together by the next one. */
class SharedTransactionsTests {
    private final List<List<String>> groups = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final SharedTransactions<String, String> transactions =
            new SharedTransactions<>(this::transaction, item -> item.charAt(0));
    private final List<Thread> threads = new ArrayList<>();

    private List<String> transaction(List<String> items) {
        groups.add(items);
        if (items.getFirst().equals("held")) {
            await().until(() -> go.getCount() == 0);
        } else if (items.getFirst().equals("to the end")) {
            await().until(() -> end.getCount() == 0);
        }
        if (items.contains("bad")) {
            throw new IllegalArgumentException("bad");
        }
        if (items.contains("outage")) {
            throw new DataAccessResourceFailureException("away", new SQLException("away", "08006"));
        }
        return items.stream().map(item -> item.toUpperCase(Locale.ROOT)).toList();
    }

    private CompletableFuture<String> submit(String item) {
        CompletableFuture<String> result = new CompletableFuture<>();
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                result.complete(transactions.run(item));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }));
        return result;
    }

    @AfterEach
    void end() {
        end.countDown();
    }

    /** Two transactions, as many as there are at a time, stay under way until these have come; then one of them ends. */
    private List<CompletableFuture<String>> together(String... items) {
        CompletableFuture<String> first = submit("held");
        await().until(() -> groups.size() == 1);
        CompletableFuture<String> last = submit("to the end");
        await().until(() -> groups.size() == 2);
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (String item : items) {
            results.add(submit(item));
            // so that they come in this order
            await().until(() -> threads.getLast().getState() == Thread.State.WAITING);
        }
        go.countDown();
        assertThat(first.join()).isEqualTo("HELD");
        assertThat(last).isNotDone();
        return results;
    }

    @Test
    void doesTogetherWhatCameMeanwhileAndGivesEachItsOwnResult() {
        List<CompletableFuture<String>> results = together("a", "b", "c", "d");

        assertThat(results).extracting(CompletableFuture::join).containsExactly("A", "B", "C", "D");
        assertThat(groups.subList(2, groups.size())).containsExactly(List.of("a", "b", "c", "d"));
    }

    @Test
    void doesNotWaitForOthersWhenAlone() {
        assertThat(transactions.run("a")).isEqualTo("A");
        assertThat(transactions.run("b")).isEqualTo("B");

        assertThat(groups).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void putsNoTwoOfTheSameKeyIntoOneGroup() {
        assertThat(together("a1", "a2", "b1", "a3"))
                .extracting(CompletableFuture::join)
                .containsExactly("A1", "A2", "B1", "A3");
        assertThat(groups)
                .allMatch(group ->
                        group.stream().map(item -> item.charAt(0)).distinct().count() == group.size());
    }

    @Test
    void refusesNobodyForWhatAnotherOneAskedFor() {
        List<CompletableFuture<String>> results = together("a", "bad", "c");

        assertThat(results.get(0).join()).isEqualTo("A");
        assertThat(results.get(2).join()).isEqualTo("C");
        assertThatThrownBy(results.get(1)::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void triesAWholeGroupOnlyOnceInAnOutage() {
        List<CompletableFuture<String>> results = together("a", "outage", "c");

        assertThat(results)
                .allSatisfy(result ->
                        assertThatThrownBy(result::join).hasCauseInstanceOf(DataAccessResourceFailureException.class));
        assertThat(groups).hasSize(3);
    }
}
