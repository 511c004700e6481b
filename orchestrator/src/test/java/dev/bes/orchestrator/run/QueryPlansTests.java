package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.OldDatabase.BUSY;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditOutcome;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.RecordedPlans.Plan;
import dev.bes.orchestrator.run.acceptance.Backlog;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import dev.bes.orchestrator.run.claim.DueWork;
import dev.bes.orchestrator.run.claim.HeldClaims;
import dev.bes.orchestrator.run.command.RunPurge;
import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.Pool.Rate;
import dev.bes.orchestrator.run.pool.PoolReader;
import dev.bes.orchestrator.run.query.JournalFollower;
import dev.bes.orchestrator.run.query.PartitionRuns;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunOrder;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.ScoringReader;
import dev.bes.orchestrator.run.query.UnfinishedScorings;
import dev.bes.orchestrator.run.query.UnfinishedWork;
import dev.bes.orchestrator.run.shadow.ShadowReader;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.trigger.request.SqlRequests;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter;
import dev.bes.orchestrator.trigger.schedule.fire.FireReader;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFires;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** With a million rows that are over and done with, nothing that the service does reads a table whole. */
@Tag("slow")
class QueryPlansTests {
    private static final List<String> SMALL = List.of("node", "frozen_definition", "pool", "pool_start");
    private static final long FEW = 150;
    // fifty of one definition of fifty, without its index: what has to be sorted first is more
    private static final long OF_A_LIST = 3_000;
    // PostgreSQL makes up its mind about a prepared statement only after some calls
    private static final int OFTEN = 12;

    private final Instant now = InstantSource.system().instant();
    private static final DefinitionScope TEAM = DefinitionScope.of(List.of("old-7", "team-*"));

    private static final OldDatabase OLD = OldDatabase.shared();
    private final RunParts node = OLD.database().node("a");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    /** The plans of some work, none of which reads a table whole. */
    private static List<Plan> plans(Runnable work) {
        List<Plan> plans = OLD.plans().of(work);
        assertThat(plans).isNotEmpty();
        Map<String, String> whole = RecordedPlans.readWhole(plans);
        SMALL.forEach(whole::remove);
        assertThat(whole).isEmpty();
        return plans;
    }

    /** How many rows of scorings the work looks at. */
    private static long read(Runnable work) {
        return plans(work).stream().mapToLong(plan -> plan.read("scoring")).sum();
    }

    private RunOrder byTime(boolean descending) {
        return new RunOrder(true, descending, now, 1_000_000_000L);
    }

    private static RunFilter filter(
            @Nullable TriggerKind trigger, @Nullable String occurrence, boolean attention, @Nullable Instant from) {
        return new RunFilter(DefinitionScope.ALL, null, null, trigger, occurrence, attention, from, null, null);
    }

    @TestFactory
    Stream<DynamicTest> readsByIndex() {
        RunReader reader = node.reader();
        long run = reader.list(RunFilter.ALL.of("old-7"), 1).getFirst().id();
        Map<String, Runnable> reads = Map.ofEntries(
                Map.entry("list", () -> reader.list(RunFilter.ALL, 50)),
                Map.entry("list from there on", () -> reader.list(RunFilter.ALL.before(run), 50)),
                Map.entry("list by state", () -> reader.list(RunFilter.ALL.in(State.FAILED), 50)),
                Map.entry("list by a state that is rare", () -> reader.list(RunFilter.ALL.in(State.RUNNING), 50)),
                Map.entry("list by definition", () -> reader.list(RunFilter.ALL.of("old-7"), 50)),
                Map.entry(
                        "list by both",
                        () -> reader.list(RunFilter.ALL.in(State.FAILED).of("old-7"), 50)),
                Map.entry(
                        "list by both, rare",
                        () -> reader.list(RunFilter.ALL.in(State.RUNNING).of("old-7"), 50)),
                Map.entry("list by time", () -> reader.list(RunFilter.ALL, byTime(true), 50)),
                Map.entry("list by time, upwards", () -> reader.list(RunFilter.ALL, byTime(false), 50)),
                Map.entry("list of a team by time", () -> reader.list(RunFilter.ALL.within(TEAM), byTime(true), 50)),
                Map.entry(
                        "list by definition and time", () -> reader.list(RunFilter.ALL.of("old-7"), byTime(false), 50)),
                Map.entry("list upwards", () -> reader.list(RunFilter.ALL, new RunOrder(false, false, null, run), 50)),
                Map.entry("list of an occurrence", () -> reader.list(filter(null, "request:none", false, null), 50)),
                Map.entry("list of what needs attention", () -> reader.list(filter(null, null, true, null), 50)),
                Map.entry("list of a time", () -> reader.list(filter(null, null, false, now), byTime(true), 50)),
                Map.entry("list by trigger", () -> reader.list(filter(TriggerKind.REQUEST, null, false, null), 50)),
                Map.entry("list of no definition", () -> reader.list(RunFilter.ALL.of("none"), 50)),
                Map.entry("list of a team", () -> reader.list(RunFilter.ALL.within(TEAM), 50)),
                Map.entry(
                        "list of a team by state",
                        () -> reader.list(RunFilter.ALL.within(TEAM).in(State.FAILED), 50)),
                Map.entry("totals of a team", () -> reader.totals(RunFilter.ALL.within(TEAM), 1000)),
                Map.entry("waiting of a team", () -> reader.waiting(TEAM, 50)),
                Map.entry("needing attention of a team", () -> reader.needingAttention(TEAM, 50)),
                Map.entry("definitions", () -> reader.definitions(List.of(run, run + 1))),
                Map.entry("totals", () -> reader.totals(RunFilter.ALL, 1000)),
                Map.entry("totals by definition", () -> reader.totals(RunFilter.ALL.of("old-7"), 1000)),
                Map.entry("run", () -> reader.find(run)),
                Map.entry("counts", () -> reader.counts(run)),
                Map.entry("scorings", () -> reader.scorings(run, 0, 50)),
                Map.entry(
                        "failed scorings, from the last on",
                        () -> reader.scorings(
                                run,
                                new ScoringReader.Filter(State.FAILED, true, 0),
                                new ScoringReader.Order(true, 100L),
                                50)),
                Map.entry("history", () -> reader.history(run, 200)),
                Map.entry("waiting", () -> reader.waiting(DefinitionScope.ALL, 50)),
                Map.entry("backlog", () -> new Backlog(OLD.database().jdbc()).count(1_000_000)),
                Map.entry(
                        "unfinished scorings",
                        () -> new UnfinishedWork(OLD.database().jdbc()).scorings()),
                Map.entry(
                        "unfinished runs",
                        () -> new UnfinishedWork(OLD.database().jdbc()).runs()),
                Map.entry("ended", () -> reader.ended(List.of(run, run + 1))),
                Map.entry("occurred", () -> reader.occurred(List.of("request:old-1", "request:new"))),
                Map.entry(
                        "unfinished scorings of a run",
                        () -> new UnfinishedScorings(OLD.database().jdbc()).of(run, 50)),
                Map.entry(
                        "jobs under way",
                        () -> new UnfinishedScorings(OLD.database().jdbc()).jobsUnderWay(BUSY)),
                Map.entry(
                        "list of a minute by trigger",
                        () -> reader.list(
                                new RunFilter(
                                        TEAM,
                                        null,
                                        null,
                                        TriggerKind.FILES,
                                        null,
                                        false,
                                        now,
                                        now.plusSeconds(60),
                                        null),
                                new RunOrder(true, false, null, null),
                                20)),
                Map.entry(
                        "shadows of a run",
                        () -> new ShadowReader(OLD.database().jdbc()).list(run, false, null, 100)),
                Map.entry(
                        "the shadow that a run is",
                        () -> new ShadowReader(OLD.database().jdbc()).ofShadow(run)),
                Map.entry(
                        "what shadows have found",
                        () -> new ShadowReader(OLD.database().jdbc()).summary("old-7", 1000)),
                Map.entry("request by SQL", () -> new SqlRequests(OLD.database().jdbc()).find("key-7")),
                Map.entry("waiting files", () -> new FileRecords(OLD.database().jdbc()).waiting("drop", "old-7", 5)),
                Map.entry(
                        "first fire time",
                        () -> new RecordedFires(OLD.database().jdbc()).first("old-7", "nightly")),
                Map.entry(
                        "latest fire time",
                        () -> new FireReader(OLD.database().jdbc())
                                .list(
                                        new FireFilter(DefinitionScope.ALL, "old-7", "nightly", null, null, null),
                                        new FireFilter.Order(true, null),
                                        1)),
                Map.entry(
                        "fire times of a minute",
                        () -> new FireReader(OLD.database().jdbc())
                                .list(
                                        new FireFilter(TEAM, null, null, null, now.minusSeconds(60), now),
                                        new FireFilter.Order(false, null),
                                        50)));
        return reads.entrySet().stream()
                .map(read -> DynamicTest.dynamicTest(read.getKey(), () -> {
                    for (int i = 0; i < OFTEN; i++) {
                        List<Plan> plans = plans(read.getValue());
                        if (read.getKey().startsWith("list")) {
                            assertThat(plans.stream()
                                            .mapToLong(plan -> plan.read("run"))
                                            .sum())
                                    .as("runs looked at for fifty")
                                    .isLessThanOrEqualTo(OF_A_LIST);
                        }
                    }
                }));
    }

    /** Of 200,000 rows an administrator looks at those that he is shown, and one of a team at the 4,000 of it. */
    @TestFactory
    Stream<DynamicTest> readsTheAuditByIndex() {
        AuditReader reader = new AuditReader(OLD.database().jdbc());
        Instant longAgo = Instant.now().minus(Duration.ofDays(100));
        Long middle = reader.list(
                        new AuditFilter(DefinitionScope.ALL, null, null, null, null, null, null, longAgo, null), 1)
                .getFirst()
                .id();
        return Stream.of(DefinitionScope.ALL, TEAM)
                .flatMap(scope -> Map.ofEntries(
                                Map.entry(
                                        "all", new AuditFilter(scope, null, null, null, null, null, null, null, null)),
                                Map.entry(
                                        "actor",
                                        new AuditFilter(scope, "user:u7", null, null, null, null, null, null, null)),
                                Map.entry(
                                        "no such actor",
                                        new AuditFilter(scope, "user:none", null, null, null, null, null, null, null)),
                                Map.entry(
                                        "action",
                                        new AuditFilter(
                                                scope, null, Action.RUN_REQUESTED, null, null, null, null, null, null)),
                                Map.entry(
                                        "rare action",
                                        new AuditFilter(
                                                scope, null, Action.USER_ADDED, null, null, null, null, null, null)),
                                Map.entry(
                                        "no such action",
                                        new AuditFilter(
                                                scope, null, Action.SIGN_OUT, null, null, null, null, null, null)),
                                Map.entry(
                                        "object",
                                        new AuditFilter(scope, null, null, "run 4711", null, null, null, null, null)),
                                Map.entry(
                                        "definition",
                                        new AuditFilter(scope, null, null, null, "old-7", null, null, null, null)),
                                Map.entry(
                                        "refused",
                                        new AuditFilter(
                                                scope, null, null, null, null, AuditOutcome.REFUSED, null, null, null)),
                                Map.entry(
                                        "allowed",
                                        new AuditFilter(
                                                scope, null, null, null, null, AuditOutcome.ALLOWED, null, null, null)),
                                Map.entry(
                                        "from",
                                        new AuditFilter(scope, null, null, null, null, null, longAgo, null, null)),
                                Map.entry(
                                        "to",
                                        new AuditFilter(scope, null, null, null, null, null, null, longAgo, null)),
                                Map.entry(
                                        "page after",
                                        new AuditFilter(scope, null, null, null, null, null, null, null, middle)))
                        .entrySet()
                        .stream()
                        .map(list ->
                                DynamicTest.dynamicTest((scope.isAll() ? "admin: " : "team: ") + list.getKey(), () -> {
                                    for (int i = 0; i < OFTEN; i++) {
                                        assertThat(plans(() -> reader.list(list.getValue(), 50)).stream()
                                                        .mapToLong(plan -> plan.read("audit"))
                                                        .sum())
                                                .as("rows looked at for fifty")
                                                .isLessThanOrEqualTo(scope.isAll() ? 100 : 4_100);
                                    }
                                })));
    }

    @Test
    void readsTheAuditUpwardsByIndex() {
        AuditReader reader = new AuditReader(OLD.database().jdbc());
        Instant longAgo = Instant.now().minus(Duration.ofDays(100));
        for (DefinitionScope scope : List.of(DefinitionScope.ALL, TEAM)) {
            AuditFilter all = new AuditFilter(scope, null, null, null, null, null, null, null, null);
            AuditFilter.Order upwards = new AuditFilter.Order(false, new AuditFilter.Position(longAgo, 1));
            for (int i = 0; i < OFTEN; i++) {
                assertThat(plans(() -> reader.list(all, upwards, 50)).stream()
                                .mapToLong(plan -> plan.read("audit"))
                                .sum())
                        .as("rows looked at for fifty")
                        .isLessThanOrEqualTo(scope.isAll() ? 100 : 4_100);
            }
        }
    }

    @Test
    void countsRunsOfADefinitionByItsOwn() {
        for (int i = 0; i < OFTEN; i++) {
            long read = plans(() -> node.reader().totals(RunFilter.ALL.of("old-7"), 100)).stream()
                    .mapToLong(plan -> plan.read("run"))
                    .sum();
            assertThat(read).as("500 to find, of 2,000 of the definition").isLessThanOrEqualTo(500);
        }
    }

    @Test
    void claimsTenOfAThousandWithoutLookingAtTheRest() {
        List<Claim> held = new ArrayList<>();
        for (int i = 0; i < OFTEN; i++) {
            assertThat(read(() -> held.addAll(node.claims().claim(Sweep.LAUNCH, BUSY, 40, 10, LEASE))))
                    .as("ten claimed, forty at work at most")
                    .isLessThanOrEqualTo(2 * 10 + 40);
        }
        assertThat(held).as("as many as there are places").hasSize(40);
        node.claims().releaseAll();
    }

    @Test
    void seesWhatIsDueWithoutLookingAtTheRest() {
        for (int i = 0; i < OFTEN; i++) {
            List<DueWork.Due> due = new ArrayList<>();
            assertThat(read(() -> due.addAll(node.dueTimes().next(List.of(BUSY, "none")))))
                    .as("a row of each index, and two for the one definition")
                    .isLessThanOrEqualTo(10);
            assertThat(due).extracting(DueWork.Due::endpoint).containsOnly(BUSY);
        }
    }

    @Test
    void foldsWithoutLookingAtTheRest() {
        for (int i = 0; i < OFTEN; i++) {
            NewRun run = aRun().folded(new Fold(40, 1_000, Duration.ZERO, "file", null))
                    .withScorings(40)
                    .build();
            long id = node.runs().accept(run).id();
            assertThat(read(() -> node.folds().gather()))
                    .as("join: each twice, and a few of the carrier")
                    .isLessThanOrEqualTo(2 * 40 + 20);
            Claim carrier = node.claim(Sweep.LAUNCH, run).getFirst();
            List<Claim.MemberOutcome> outcomes = new ArrayList<>();
            assertThat(read(() -> node.folded()
                            .close(carrier)
                            .forEach(member -> outcomes.add(Claim.MemberOutcome.staged(
                                    member.scoring(), new Claim.StagedInput("in/1.csv", 1, 2, "h"))))))
                    .as("close")
                    .isLessThanOrEqualTo(40);
            Map<String, Claim.StagedInput> folder = Map.of("input1", new Claim.StagedInput("in/", 40, 80, ""));
            assertThat(read(() -> node.moves().apply(List.of(Move.staged(carrier, folder, 40, outcomes, LEASE)))))
                    .as("move: each thrice, and a few of the carrier")
                    .isLessThanOrEqualTo(3 * 40 + 20);
            plans(() -> node.folded().staged(carrier));
            plans(() -> node.folded().isNeeded(carrier));
            plans(() -> node.reader().scorings(id, 0, 50));
            plans(() -> node.cancellation().cancel(id, Actor.user("ada")));
        }
    }

    @Test
    void drawsNoLotsForADefinitionThatIsAlone() {
        node.runs().accept(aRun().on("alone").withScorings(3).build());
        List<Claim> held = new ArrayList<>();

        assertThat(plans(() -> held.addAll(node.claims().claim(Sweep.LAUNCH, "alone", Integer.MAX_VALUE, 10, LEASE))))
                .as("statements")
                .hasSize(1);
        assertThat(held).hasSize(3);
    }

    @Test
    void sharesWithoutLookingAtTheRest() {
        for (int i = 0; i < 10; i++) {
            node.runs()
                    .accept(aRun().of("sharing-" + i)
                            .on("shared")
                            .withScorings(200)
                            .build());
        }
        for (int i = 0; i < OFTEN; i++) {
            List<Claim> held = new ArrayList<>();
            assertThat(read(() -> held.addAll(node.claims().claim(Sweep.LAUNCH, "shared", 40, 10, LEASE))))
                    .as("ten claimed, and the first two of each of ten definitions")
                    .isLessThanOrEqualTo(2 * 10 + 2 * 10 + 10);
            assertThat(held).hasSize(10);
            node.claims().release(held);
        }
    }

    @Test
    void takesTurnsOfFairnessKeysWithoutLookingAtTheRest() {
        for (int i = 0; i < 10; i++) {
            node.runs()
                    .accept(aRun().of("turns")
                            .on("keyed")
                            .takingTurnsBy("${request.tenant}")
                            .withValue("tenant", "t" + i)
                            .withScorings(i == 0 ? 2_000 : 20)
                            .build());
        }
        for (int i = 0; i < OFTEN; i++) {
            List<Claim> held = new ArrayList<>();
            assertThat(read(() -> held.addAll(node.claims().claim(Sweep.LAUNCH, "keyed", 40, 10, LEASE))))
                    .as("ten claimed, and the first two of each of ten keys")
                    .isLessThanOrEqualTo(2 * 10 + 2 * 10 + 10);
            assertThat(held).hasSize(10);
            node.claims().release(held);
            List<DueWork.Due> due = new ArrayList<>();
            assertThat(read(() -> due.addAll(node.dueTimes().next(List.of("keyed")))))
                    .as("a few rows of each key")
                    .isLessThanOrEqualTo(60);
        }
    }

    @Test
    void countsSlotsOfPoolsWithoutLookingAtTheRest() {
        OLD.database()
                .pools()
                .put("plans", new Limits("", 10, new Rate(1_000, Duration.ofHours(1))), "user:ada", p -> {});
        for (String endpoint : List.of("pooled", "pooled-too")) {
            node.runs()
                    .accept(aRun().of(endpoint)
                            .on(endpoint)
                            .inPool("plans")
                            .withScorings(2_000)
                            .build());
        }
        PoolReader reader = new PoolReader(OLD.database().jdbc());
        for (int i = 0; i < OFTEN; i++) {
            List<Claim> held = new ArrayList<>();
            assertThat(read(() -> held.addAll(node.claims().claim(Sweep.LAUNCH, "pooled", 40, 10, LEASE))))
                    .as("ten claimed at most, ten in the pool, and the first of each endpoint")
                    .isLessThanOrEqualTo(6 * 10 + 40);
            assertThat(held).hasSizeLessThanOrEqualTo(10);
            plans(() -> reader.use("plans"));
            node.claims().release(held);
        }
    }

    @Test
    void looksOnlyAtTheRowsOfItsOwnEndpoint() {
        NewRun run = aRun().withScorings(10).on("quiet").build();
        node.runs().accept(run);
        List<Claim> held = new ArrayList<>();

        assertThat(read(() -> held.addAll(node.claims().claim(Sweep.LAUNCH, "quiet", 40, 10, LEASE))))
                .as("claim")
                .isLessThan(FEW);
        assertThat(held).hasSize(10);
        assertThat(read(() -> OLD.database().heartbeat("a").beat(new HeldClaims(held), LEASE)))
                .as("renew")
                .isLessThan(FEW);
        assertThat(read(() -> node.claims()
                        .defer(held.stream()
                                .map(c -> new Deferral(c, Duration.ZERO, "rain"))
                                .toList())))
                .as("defer")
                .isLessThan(FEW);
    }

    @TestFactory
    Stream<DynamicTest> sweepsByIndex() {
        return Arrays.stream(Sweep.values())
                .flatMap(sweep -> Stream.of(BUSY, "none")
                        .map(endpoint -> DynamicTest.dynamicTest(sweep + " of " + endpoint, () -> {
                            for (int i = 0; i < OFTEN; i++) {
                                read(() -> node.claims().claim(sweep, endpoint, 40, 1, Duration.ZERO));
                            }
                        })));
    }

    @Test
    void movesByIndexFromTheFirstStepToTheLast() {
        plans(() -> scoringSetup.all(
                ScoringSetup.live(Step.DELIVERED), aRun().withScorings(10).build()));
    }

    @Test
    void learnsByIndexWhatJobsTook() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.SCORED), aRun().withScorings(10).build());
        String endpoint = claims.getFirst().endpoint();

        for (int i = 0; i < OFTEN; i++) {
            plans(() -> node.endedJobs().remember(endpoint, claims));
        }
        assertThat(node.endedJobs().of(endpoint)).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void looksOnlyAtTheRowsOfItsOwnRun() {
        NewRun run = aRun().withScorings(10).on("ending").build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.STARTED), run);

        assertThat(read(() -> node.moves()
                        .apply(claims.subList(0, 5).stream()
                                .map(c -> Move.failed(c, "it broke", "Failed"))
                                .toList())))
                .as("end some")
                .isLessThan(FEW);
        assertThat(read(() -> node.cancellation().cancel(claims.getFirst().run(), Actor.user("ada"))))
                .as("cancel")
                .isLessThan(FEW);
    }

    @Test
    void followsTheJournalWithoutReadingAllOfIt() {
        long last = OLD.database()
                .jdbc()
                .sql("SELECT max(id) FROM history")
                .query(Long.class)
                .single();
        node.runs().accept(aRun().build());
        for (int i = 0; i < OFTEN; i++) {
            JournalFollower follower = new JournalFollower(OLD.database().jdbc(), last);
            List<JournalFollower.Entry> entries = new ArrayList<>();
            List<Plan> plans = plans(() -> entries.addAll(follower.next(10)));
            assertThat(entries).isNotEmpty();
            assertThat(plans.stream().mapToLong(plan -> plan.read("history")).sum())
                    .as("the pages that are new, of a million entries")
                    .isLessThan(50_000);
        }
    }

    @Test
    void addsAScoringWithoutLookingAtTheRest() {
        long run = node.runs().accept(aRun().withScorings(10).build()).id();

        assertThat(read(() -> node.runs()
                        .add(run, new RunAcceptance.Addition("added", Map.of(), Map.of(), "there"), Actor.user("ada"))))
                .isLessThan(FEW);
    }

    @Test
    void purgesByIndex() {
        RunPurge purge = new RunPurge(
                OLD.database().jdbc(), new Transactions(OLD.database().transactions()));
        for (int i = 0; i < OFTEN; i++) {
            plans(() -> assertThat(purge.purge(Duration.ofDays(90), 20)).isPositive());
        }
    }

    @Test
    void findsTheRunsOfPartitionsAndBackfillsByIndex() {
        PartitionRuns runs = new PartitionRuns(OLD.database().jdbc());

        plans(() -> runs.latest("old-1", List.of("2026-03-01", "2026-03-02")));
        plans(() -> runs.unfinished(1));
    }

    @Test
    void noticesATableThatIsReadWhole() {
        List<Plan> plans = OLD.plans()
                .of(() -> OLD.database()
                        .jdbc()
                        .sql("SELECT count(*) FROM scoring WHERE delivery = 'nowhere'")
                        .query(Long.class)
                        .single());

        assertThat(plans).hasSize(1);
        assertThat(RecordedPlans.readWhole(plans)).as("the measure itself").containsKey("scoring");
        assertThat(plans.getFirst().read("scoring")).isGreaterThan(100_000);
    }
}
