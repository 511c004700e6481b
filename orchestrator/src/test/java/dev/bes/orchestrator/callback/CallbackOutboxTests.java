package dev.bes.orchestrator.callback;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.callback.CallbackReceiver.Call;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.command.RunPurge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox: the end of a run writes one row for each address, and each row is called until the receiver has it. */
class CallbackOutboxTests {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration DAY = Duration.ofHours(24);

    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(12);

    private final JdbcClient jdbc = DATABASE.jdbc();
    private final RunParts node = DATABASE.node("outbox");
    private final ScoringSetup scorings = new ScoringSetup(node);
    private final CallbackReceiver receiver = new CallbackReceiver();
    private final List<CallbackSender> senders = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (CallbackSender sender : senders) {
            sender.stop();
        }
        receiver.close();
        jdbc.sql("DELETE FROM callback").update();
    }

    @AfterAll
    static void close() {
        DATABASE.dataSource().close();
    }

    private CallbackSettings settings(Duration firstRetry, Duration giveUpAfter) {
        return new CallbackSettings(
                List.of(receiver.url()),
                List.of(),
                AllowedAddressesTests.settings(List.of(), List.of()).secret(),
                null,
                "https://scoring.example.com/",
                Duration.ofSeconds(2),
                firstRetry,
                giveUpAfter);
    }

    private CallbackSender sender(Duration firstRetry, Duration giveUpAfter) throws Exception {
        return sender(settings(firstRetry, giveUpAfter));
    }

    private CallbackSender sender(CallbackSettings settings) throws Exception {
        CallbackClient client = new CallbackClient(SSLContext.getDefault().getSocketFactory(), settings.timeout());
        CallbackSender sender = new CallbackSender(
                new CallbackRows(jdbc),
                new CallbackBody(node.reader(), settings),
                new SignedCall(
                        new AllowedAddresses(settings), new WebhookSignature(settings), client, InstantSource.system()),
                new CallbackMeters(new SimpleMeterRegistry()),
                settings);
        senders.add(sender);
        return sender;
    }

    private RunBuilder calling(String... paths) {
        String[] addresses =
                List.of(paths).stream().map(path -> receiver.url() + path).toArray(String[]::new);
        return aRun().calling(addresses);
    }

    private List<Callback> all() {
        return new CallbackRows(jdbc)
                .list(new CallbackFilter(DefinitionScope.ALL, null, null, null), false, null, 1_000);
    }

    private Callback callback() {
        return all().getFirst();
    }

    private long delivered(NewRun run) {
        return scorings.one(Step.DELIVERED, run).run();
    }

    @Test
    void writesOneRowForEachAddressWhenTheLastScoringOfTheRunEnds() {
        NewRun run = calling("/a", "/b").withScorings(2).build().calling(receiver.url() + "/b");
        node.runs().accept(run);
        List<Claim> claims = node.claim(Sweep.LAUNCH, run);

        node.moves().apply(List.of(Move.failed(claims.getFirst(), "it broke", null)));
        assertThat(all()).isEmpty();

        node.moves().apply(List.of(Move.failed(claims.getLast(), "it broke", null)));
        assertThat(all()).extracting(Callback::address).containsExactly(receiver.url() + "/a", receiver.url() + "/b");
        assertThat(all()).extracting(Callback::event).doesNotHaveDuplicates();
        jdbc.sql("UPDATE run SET ended_at = clock_timestamp() WHERE ended_at IS NOT NULL")
                .update();
        assertThat(all()).hasSize(2);
    }

    @Test
    void writesNoRowIfTheMoveThatEndsTheRunIsRolledBack() {
        NewRun run = calling("/rolled-back").build();
        Claim claim = scorings.one(Step.PLANNED, run);

        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(transaction -> {
            node.moves().apply(List.of(Move.failed(claim, "it broke", null)));
            assertThat(all()).hasSize(1);
            transaction.setRollbackOnly();
        });

        assertThat(all()).isEmpty();
    }

    @Test
    void writesARowForARunThatFailsAtOnceAndNoneWithoutAddresses() {
        node.runs().reject(calling("/rejected").build(), "no file");
        delivered(aRun().build());

        assertThat(all()).extracting(Callback::address).containsExactly(receiver.url() + "/rejected");
    }

    @Test
    void callsAgainAfterFailuresWithTheSameEventAndASignatureOfEachTime() throws Exception {
        receiver.answer(500, 302, 404);
        long run = delivered(calling("/done").build());
        CallbackSender sender = sender(Duration.ofMillis(10), DAY);

        await().atMost(PATIENCE).until(() -> {
            sender.poll();
            return callback().state() == Callback.State.DELIVERED;
        });

        List<Call> calls = receiver.calls("/done");
        assertThat(calls)
                .hasSize(4)
                .extracting(Call::id)
                .containsOnly(callback().event().toString());
        assertThat(calls).extracting(Call::body).containsOnly(calls.getFirst().body());
        assertThat(receiver.calls("/elsewhere")).isEmpty();
        WebhookSignature signature = new WebhookSignature(settings(Duration.ofMinutes(1), DAY));
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.signature())
                        .isEqualTo(signature.of(
                                call.id(), call.timestamp(), call.body().getBytes(StandardCharsets.UTF_8))));
        assertThat(calls.getFirst().body())
                .contains(
                        "\"type\":\"run.ended\"",
                        "\"run\":" + run,
                        "\"state\":\"Finished\"",
                        "\"finished\":1",
                        "\"link\":\"https://scoring.example.com/api/v1/runs/" + run + "\"");
        assertThat(callback()).returns(204, Callback::status).returns(4, Callback::attempts);
    }

    @Test
    void waitsTwiceAsLongAfterEachAttempt() throws Exception {
        receiver.answer(503, 503);
        delivered(calling("/busy").build());
        CallbackSender sender = sender(Duration.ofMinutes(10), DAY);

        for (int minutes : new int[] {10, 20}) {
            jdbc.sql("UPDATE callback SET due_at = clock_timestamp()").update();
            sender.poll();
            await().atMost(PATIENCE).until(() -> callback().status() != null && isWaiting(minutes));
        }
        assertThat(callback())
                .returns("the receiver answered 503", Callback::error)
                .returns(2, Callback::attempts);
    }

    private boolean isWaiting(int minutes) {
        return jdbc.sql("""
                SELECT due_at - attempted_at BETWEEN :minutes * interval '45 s' AND :minutes * interval '60 s' + interval '2 s'
                FROM callback""").param("minutes", minutes).query(Boolean.class).single();
    }

    @Test
    void givesUpAfterATimeOrWhenTheReceiverIsGoneUntilSomebodyAsksAgain() throws Exception {
        receiver.answer(500, 410);
        delivered(calling("/late").build());
        CallbackSender sender = sender(Duration.ofMinutes(10), Duration.ofMinutes(5));
        sender.poll();
        await().atMost(PATIENCE).until(() -> callback().state() == Callback.State.GIVEN_UP);
        assertThat(callback()).returns("the receiver answered 500", Callback::error);

        retry();
        sender.poll();
        await().atMost(PATIENCE)
                .until(() -> Integer.valueOf(410).equals(callback().status()));
        assertThat(callback()).returns(Callback.State.GIVEN_UP, Callback::state);

        retry();
        sender.poll();
        await().atMost(PATIENCE).until(() -> callback().state() == Callback.State.DELIVERED);
        assertThat(receiver.calls("/late"))
                .hasSize(3)
                .extracting(Call::id)
                .containsOnly(callback().event().toString());
        assertThat(jdbc.sql("SELECT count(*) FROM audit WHERE action = 'callback.retried'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    private void retry() {
        new Callbacks(new CallbackRows(jdbc), new AuditLog(jdbc, new Node("outbox"), InstantSource.system()))
                .retry(callback(), Actor.user("ada"));
    }

    @Test
    void callsOnceMoreWithTheSameEventIfTheNodeDiesBeforeItRecordsTheAnswer() throws Exception {
        delivered(calling("/twice").build());
        // the first node has called, and is gone
        Callback taken =
                new CallbackRows(jdbc).take(1, List.of(), Duration.ZERO).getFirst();
        CallbackSender other = sender(Duration.ofMinutes(1), DAY);
        other.poll();
        await().atMost(PATIENCE).until(() -> callback().state() == Callback.State.DELIVERED);

        assertThat(receiver.calls("/twice"))
                .extracting(Call::id)
                .containsExactly(taken.event().toString());
        assertThat(callback().attempts()).isEqualTo(2);
        // what the dead one would still have said changes nothing
        new CallbackRows(jdbc).failed(taken, 500, "late", Duration.ZERO, DAY);
        assertThat(callback().state()).isEqualTo(Callback.State.DELIVERED);
    }

    @Test
    void severalNodesCallOnceEach() throws Exception {
        int runs = 60;
        IntStream.range(0, runs).forEach(i -> delivered(calling("/" + i).build()));
        CallbackSender one = sender(Duration.ofMinutes(1), DAY);
        CallbackSender other = sender(Duration.ofMinutes(1), DAY);

        await().atMost(PATIENCE).until(() -> {
            Thread first = Thread.ofVirtual().start(one::poll);
            other.poll();
            first.join();
            return all().stream().allMatch(callback -> callback.state() == Callback.State.DELIVERED);
        });

        assertThat(IntStream.range(0, runs)
                        .mapToObj(i -> receiver.calls("/" + i).size()))
                .containsOnly(1);
        assertThat(all()).hasSize(runs).extracting(Callback::attempts).containsOnly(1);
    }

    @Test
    void aReceiverThatHangsDoesNotHoldTheOthers() throws Exception {
        try (CallbackReceiver other = new CallbackReceiver();
                ServerSocket silent = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"))) {
            String hanging = "http://127.0.0.1:" + silent.getLocalPort();
            IntStream.range(0, 60)
                    .forEach(i -> delivered(aRun().calling(hanging + "/" + i).build()));
            delivered(aRun().calling(other.url() + "/quick").build());
            CallbackSender sender = sender(new CallbackSettings(
                    List.of(hanging, other.url()),
                    List.of(),
                    AllowedAddressesTests.settings(List.of(), List.of()).secret(),
                    null,
                    null,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    DAY));

            sender.poll();
            await().atMost(PATIENCE).until(() -> other.calls("/quick").size() == 1);
        }
    }

    @Test
    void keepsARunWhileOthersAreToBeToldOfItsEndAndForgetsItsCallbacksWithIt() {
        long run = delivered(calling("/old").build());
        jdbc.sql("UPDATE run SET ended_at = now() - interval '91 days' WHERE id = ?")
                .param(run)
                .update();
        RunPurge purge = new RunPurge(jdbc, new Transactions(DATABASE.transactions()));

        purge.purge(Duration.ofDays(90), 10);
        assertThat(node.reader().find(run)).isPresent();

        new CallbackRows(jdbc).delivered(callback(), 204);
        purge.purge(Duration.ofDays(90), 10);
        assertThat(node.reader().find(run)).isEmpty();
        assertThat(all()).isEmpty();
    }

    @Test
    void sendsNothingToAnAddressThatIsNoLongerAllowed() throws Exception {
        delivered(aRun().calling("http://127.0.0.1:1/not-allowed", receiver.url() + "/allowed")
                .build());
        CallbackSender sender = sender(Duration.ofMinutes(1), DAY);
        sender.poll();

        await().atMost(PATIENCE)
                .until(() -> all().stream().allMatch(one -> one.error() != null || one.status() != null));
        assertThat(callback())
                .returns("not listed in orchestrator.callbacks.allow", Callback::error)
                .returns(Callback.State.WAITING, Callback::state);
    }
}
