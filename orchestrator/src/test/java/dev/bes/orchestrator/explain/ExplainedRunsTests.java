package dev.bes.orchestrator.explain;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Definitions.Refusal;
import dev.bes.orchestrator.definition.Diagnostic;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.explain.Cause.Reference;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import dev.bes.orchestrator.run.claim.HeldClaims;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a run, a request or a definition does not go on: each case is scripted with the parts that work on runs. */
class ExplainedRunsTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(4);

    @TempDir
    private Path folder;

    private final NewRun run = aRun().on("hashing").build();
    private final String name = run.definition().name();
    private ExplainFixture fixture;
    private Definitions definitions;
    private RunParts rows;

    @BeforeEach
    void start() {
        DATABASE.jdbc().sql("DELETE FROM run").update();
        DATABASE.jdbc().sql("DELETE FROM node").update();
        definitions = new Definitions(folder.resolve("definitions"), List.of(run.definition()), List.of());
        fixture = new ExplainFixture(DATABASE, definitions);
        rows = fixture.rows();
        beat("explained");
    }

    private void beat(String node) {
        DATABASE.heartbeat(node).beat(new HeldClaims(List.of()), RunParts.LEASE);
    }

    private Claim at(Step step) {
        return new ScoringSetup(rows).one(step, run);
    }

    private Explanation explain(long id) {
        return fixture.explainer().run(rows.reader().find(id).orElseThrow());
    }

    private static Cause first(Explanation explanation, CauseCode code, String words) {
        assertThat(explanation.causes().getFirst().code())
                .as(ExplainFixture.lines(explanation).toString())
                .isEqualTo(code);
        assertThat(explanation.answer()).contains(words);
        return explanation.causes().getFirst();
    }

    private Claim deferred(String cause) {
        rows.runs().accept(run);
        Claim claim = rows.claim(Sweep.LAUNCH, run).getFirst();
        rows.claims().defer(List.of(new Deferral(claim, Duration.ofMinutes(5), cause)));
        return claim;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Not sent: the managed API asked us to wait for another 300 s (call budget hashing) | throttled
            Endpoint hashing, submit: not sent, the endpoint asked us to wait until 06:00        | throttled
            Not sent: the call budget hashing is used up for another 300 s                     | call-budget
            Endpoint hashing, submit: not sent, the last calls had no answer                   | endpoint-failing
            Endpoint hashing, submit: 500 Internal Server Error                                | retrying
            """)
    void saysWhyItIsTriedAgainAndWhen(String cause, String code) {
        Claim claim = deferred(cause);

        Cause waiting = first(explain(claim.run()), code(code), "Scoring 1 waits to be tried again: " + cause);
        assertThat(waiting.until())
                .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(400));
        assertThat(waiting.references()).contains(new Reference(Kind.ENDPOINT, "hashing"));
    }

    private static CauseCode code(String word) {
        return List.of(CauseCode.values()).stream()
                .filter(code -> code.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysThatSomebodyMustDecide() {
        Claim claim = at(Step.STARTED);
        rows.moves().apply(List.of(Move.needsAttention(claim, Attention.FORGOTTEN, "nobody knows it")));

        first(
                explain(claim.run()),
                CauseCode.NEEDS_ATTENTION,
                "Scoring 1 needs the decision of a person (forgotten): nobody knows it");
    }

    @Test
    void saysUntilWhenTheCallLimitsDelayIt() {
        long id = rows.runs().accept(run).id();
        rows.jdbc()
                .sql("UPDATE run SET forecast = ?::json WHERE id = ?")
                .params("{\"calls\": 900, \"limits\": [\"100 calls in 60 s\"], \"by\": \"2026-11-29T06:00:00Z\"}", id)
                .update();

        Cause cause = first(explain(id), CauseCode.CALL_BUDGET, "It needs about 900 calls");
        assertThat(cause.until()).isEqualTo(Instant.parse("2026-11-29T06:00:00Z"));
        assertThat(cause.references()).contains(new Reference(Kind.RUN, "" + id));
    }

    @Test
    void saysSinceWhenTheEndpointFails() {
        long id = rows.runs().accept(run).id();
        fixture.health = ObservedHealth.unhealthy("connection refused", Instant.parse("2026-11-29T06:00:00Z"));

        Cause cause = first(explain(id), CauseCode.ENDPOINT_FAILING, "Endpoint 'hashing' fails, as this node sees it");
        assertThat(cause.since()).isEqualTo(Instant.parse("2026-11-29T06:00:00Z"));
    }

    @Test
    void saysThatTheEndpointIsFull() {
        at(Step.STARTED);
        long id = rows.runs().accept(aRun().on("hashing").build()).id();
        fixture.maxJobs = 1;

        first(explain(id), CauseCode.ENDPOINT_FULL, "has 1 jobs under way, and may have 1 ('max-concurrent-jobs')");
    }

    @Test
    void saysForHowLongItWaitsForOthersThatShareAJob() {
        Fold fold = new Fold(500, 1_000, Duration.ofHours(2), "file", null);
        NewRun shared = aRun().on("hashing").folded(fold).withScorings(2).build();
        long id = rows.runs().accept(shared).id();
        rows.folds().gather();

        Cause cause = first(explain(id), CauseCode.SHARED_JOB, "2 scorings wait for others until ");
        assertThat(cause.until())
                .isBetween(Instant.now().plusSeconds(7_000), Instant.now().plusSeconds(7_300));
        assertThat(cause.references()).extracting(Reference::kind).contains(Kind.RUN);
    }

    @Test
    void namesThePoolForWhichItWaits() {
        long id = rows.runs().accept(run).id();
        DATABASE.jdbc()
                .sql("UPDATE scoring SET pool = 'gpu' WHERE run_id = ?")
                .param(id)
                .update();
        first(explain(id), CauseCode.POOL, "Scoring 1 waits for pool 'gpu', which does not exist.");

        DATABASE.jdbc()
                .sql("INSERT INTO pool (name, slots, changed_by) VALUES ('gpu', 0, 'user:ann')")
                .update();
        Cause cause = first(explain(id), CauseCode.POOL, "Scoring 1 waits for pool 'gpu' (0 of 0 slots used).");
        assertThat(cause.references()).contains(new Reference(Kind.POOL, "gpu"));
    }

    @Test
    void saysThatOtherFairnessKeysHaveTheirTurns() {
        NewRun two = aRun().on("hashing").withScorings(2).build();
        long id = rows.runs().accept(two).id();
        DATABASE.jdbc()
                .sql("UPDATE scoring SET fairness_key = 'key-' || position WHERE run_id = ?")
                .param(id)
                .update();

        first(explain(id), CauseCode.FAIRNESS, "Scoring 1 waits for its turn: 2 fairness keys of its definition wait");
    }

    @Test
    void saysThatTheEndpointIsNotConfigured() {
        long id = rows.runs().accept(run).id();
        fixture.endpoints = Set.of("other");

        first(explain(id), CauseCode.ENDPOINT_UNKNOWN, "for endpoint 'hashing', which is not configured");
    }

    @Test
    void saysThatTheNodeThatHoldsItIsAway() {
        Claim claim = at(Step.STAGED);
        first(explain(claim.run()), CauseCode.WORKING, "node explained works on it now");

        DATABASE.jdbc()
                .sql("UPDATE node SET last_heartbeat_at = last_heartbeat_at - interval '1 minute'")
                .update();
        Cause cause =
                first(explain(claim.run()), CauseCode.NODE_AWAY, "Node explained is away: its last heartbeat was");
        assertThat(cause.until()).as("its lease ends").isAfter(Instant.now());

        DATABASE.jdbc().sql("DELETE FROM node").update();
        first(explain(claim.run()), CauseCode.NODE_AWAY, "Node explained has ended");
    }

    @Test
    void saysThatNoNodeIsThere() {
        long id = rows.runs().accept(run).id();
        first(explain(id), CauseCode.IN_LINE, "Scoring 1 waits for a node");

        DATABASE.jdbc().sql("DELETE FROM node").update();
        first(explain(id), CauseCode.NO_NODE, "No node is there");
    }

    @Test
    void saysThatTheRemoteJobIsUnderWay() {
        Claim claim = at(Step.STARTED);
        rows.moves().apply(List.of(Move.running(claim, Duration.ofMinutes(2), "Running")));

        Cause cause =
                first(explain(claim.run()), CauseCode.REMOTE_JOB, "the remote job is under way at endpoint 'hashing'");
        assertThat(cause.until()).as("the next poll").isAfter(Instant.now());
    }

    @Test
    void saysThatItIsBeingCancelledAndByWhomItWas() {
        Claim claim = at(Step.STARTED);
        rows.cancellation().cancel(claim.run(), Actor.user("ann"));
        assertThat(explain(claim.run()).causes()).extracting(Cause::code).contains(CauseCode.CANCELLING);

        long other = rows.runs().accept(aRun().on("hashing").build()).id();
        rows.cancellation().cancel(other, Actor.user("ann"));
        first(explain(other), CauseCode.CANCELLED, "was cancelled by user:ann: cancelled on request");
    }

    @Test
    void saysHowItEnded() {
        Claim claim = at(Step.STAGED);
        rows.moves().apply(List.of(Move.failed(claim, "row 3 has no text.", null)));
        first(explain(claim.run()), CauseCode.FAILED, "Run " + claim.run() + " failed: row 3 has no text.");

        NewRun good = aRun().on("hashing").build();
        Claim done = new ScoringSetup(rows).one(Step.DELIVERED, good);
        first(explain(done.run()), CauseCode.FINISHED, "has finished");
    }

    @Test
    void putsWhatStopsARunFirst() {
        NewRun two = aRun().on("hashing").withScorings(2).build();
        rows.runs().accept(two);
        List<Claim> claims = rows.claim(Sweep.LAUNCH, two);
        rows.claims().defer(List.of(new Deferral(claims.getFirst(), Duration.ofMinutes(5), "500")));
        rows.moves().apply(List.of(Move.needsAttention(claims.getLast(), Attention.SUBMITS_UNANSWERED, "no answer")));

        assertThat(explain(claims.getFirst().run()).causes())
                .extracting(Cause::code)
                .containsExactly(CauseCode.NEEDS_ATTENTION, CauseCode.RETRYING);
    }

    @Test
    void countsScoringsThatStandAtTheSamePoint() {
        NewRun three = aRun().on("hashing").withScorings(3).build();
        long id = rows.runs().accept(three).id();

        first(explain(id), CauseCode.IN_LINE, "3 scorings wait for a node");
    }

    // definitions

    @Test
    void saysThatNothingStartsADefinitionButARequest() {
        assertThat(ExplainFixture.lines(fixture.explainer().definition(run.definition())))
                .containsExactly(
                        "on-request It has no schedule, no drop folder and no container: it runs when somebody requests it.",
                        "no-run It has no run.");
    }

    @Test
    void beginsWithWhatStopsTheNewestRunOfADefinition() {
        deferred("Not sent: the call budget hashing is used up for another 300 s");

        first(fixture.explainer().definition(run.definition()), CauseCode.CALL_BUDGET, "Scoring 1 waits");
    }

    @Test
    void saysThatAChangeOfDefinitionsWasRefused() {
        Instant at = Instant.parse("2026-11-29T06:00:00Z");
        definitions.refuse(new Refusal(
                at,
                List.of(
                        new Diagnostic(name + ".yaml", 3, 5, "unknown key 'endpont'", "write 'endpoint'"),
                        new Diagnostic("secret.yaml", 1, 1, "secret mistake", null))));
        Explainer explainer = fixture.explainer();

        Cause cause = first(
                explainer.definition(run.definition()),
                CauseCode.CHANGE_REFUSED,
                name + ".yaml:3:5: unknown key 'endpont' — write 'endpoint'");
        assertThat(cause.since()).isEqualTo(at);
        Definition other = aRun().build().definition();
        first(explainer.definition(other), CauseCode.CHANGE_REFUSED, "another file has a mistake");
        assertThat(explainer.definition(other).answer()).doesNotContain("secret");
        first(explainer.notLoaded("secret").orElseThrow(), CauseCode.CHANGE_REFUSED, "secret mistake");
        assertThat(explainer.notLoaded("unheard-of")).isEmpty();
    }

    @Test
    void saysThatTooMuchIsUnfinished() {
        fixture.full = true;

        first(
                fixture.explainer().definition(run.definition()),
                CauseCode.QUEUE_FULL,
                "orchestrator.trigger.max-unfinished");
    }

    @Test
    void listsTheRunsOfATimeByWhatStartedThem() {
        long id = rows.runs().accept(run).id();
        Instant accepted = rows.reader().find(id).orElseThrow().createdAt();

        assertThat(ExplainFixture.lines(fixture.explainer()
                        .schedule(
                                run.definition(),
                                null,
                                AskedTime.of(accepted.toString().substring(0, 16) + "Z"),
                                DefinitionScope.ALL)))
                .anyMatch(line -> line.endsWith("run %d of %s was accepted (request).".formatted(id, name)));
    }

    // requests

    private UUID requested(String key) {
        return DATABASE.jdbc()
                .sql("SELECT bes_request_run(?, '{}', ?, 'billing')")
                .params(name, key)
                .query(UUID.class)
                .single();
    }

    private Explanation request(String key) {
        return fixture.explainer().request(key, DefinitionScope.ALL);
    }

    @Test
    void saysWhatBecameOfARequestBySql() {
        String key = UUID.randomUUID().toString();
        UUID id = requested(key);
        first(request(id.toString()), CauseCode.REQUEST_WAITS, "waits until a node decides it");
        fixture.full = true;
        first(request(key), CauseCode.QUEUE_FULL, "are unfinished");
        fixture.full = false;

        DATABASE.jdbc()
                .sql(
                        "UPDATE run_request SET state = 'refused', reason = 'no such parameter', decided_at = now() WHERE id = ?")
                .param(id)
                .update();
        first(request(key), CauseCode.REQUEST_REFUSED, "The request was refused: no such parameter.");
        first(
                fixture.explainer().request(key, DefinitionScope.of(List.of("other"))),
                CauseCode.REQUEST_UNKNOWN,
                "that you may see");
    }

    @Test
    void findsTheRunOfAnIdempotencyKey() {
        NewRun requested =
                aRun().on("hashing").occurring("request:birds-2026-10").build();
        long id = rows.runs().accept(requested).id();

        Cause cause = first(request("birds-2026-10"), CauseCode.STARTED, "The request became run " + id);
        assertThat(cause.references()).containsExactly(new Reference(Kind.RUN, "" + id));
        first(request("birds-2026-11"), CauseCode.REQUEST_UNKNOWN, "No request of this key");
    }
}
