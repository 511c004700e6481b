package dev.bes.orchestrator.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.explain.Cause.Reference;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Why a schedule did, or did not, start a run at a time: each case is scripted with the parts that decide. */
class ExplainedSchedulesTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(4);

    private final String name = "d" + UUID.randomUUID().toString().replace("-", "");

    @TempDir
    private Path folder;

    private ExplainFixture fixture;
    private Definition definition;

    /** A definition with one schedule called {@code s}. */
    private ExplainedSchedulesTests schedule(String keys) {
        new JobFolder(folder)
                .definition(name, "hashing", "triggers: { schedules: [{ name: s, %s }] }\n".formatted(keys))
                .write("definitions/data/" + name + "/a.csv", "text\ngood\n");
        Definitions definitions = DefinitionLoader.load(
                folder.resolve("definitions"),
                Set.of("hashing"),
                new QuartzCronValidator(() -> Instant.parse("2026-01-01T00:00:00Z")));
        fixture = new ExplainFixture(DATABASE, definitions);
        definition = definitions.find(name).orElseThrow();
        return this;
    }

    private Schedule schedule() {
        return definition.triggers().schedules().getFirst();
    }

    /** Decides at a time about all times since another one. */
    private ExplainedSchedulesTests fire(String since, String until, String now) {
        fixture.now = Instant.parse(now);
        fixture.fires().fire(definition, schedule(), new Span(Instant.parse(since), Instant.MIN, Instant.parse(until)));
        return this;
    }

    private Explanation explain(String at) {
        return fixture.explainer().schedule(definition, "s", AskedTime.of(at), DefinitionScope.ALL);
    }

    private List<RunView> runs() {
        return fixture.rows().reader().list(RunFilter.ALL.of(name), 100);
    }

    private void node(String node, String started, String beat) {
        fixture.jdbc()
                .sql(
                        "INSERT INTO node (name, started_at, last_heartbeat_at, skew_ms) VALUES (?, ?::timestamptz, ?::timestamptz, 0)")
                .params(node, started, beat)
                .update();
    }

    private static void first(Explanation explanation, CauseCode code, String words) {
        assertThat(explanation.causes().getFirst().code())
                .as(explanation.answer())
                .isEqualTo(code);
        assertThat(explanation.answer()).contains(words);
    }

    /** Times that need no record: the calculation of the schedule explains them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a holiday to come            | cron: '30 2 * * *', zone: Europe/Berlin, calendar: {holidays: [DE]} | 2026-12-25T02:30 | holiday | 1st Christmas day (holiday of DE)
            a weekend to come            | cron: '30 2 * * *', zone: Europe/Berlin, calendar: {} | 2026-12-05T02:30 | holiday | Saturday (weekend)
            a closed day to come         | cron: '30 2 * * *', zone: Europe/Berlin, calendar: {closed: [2026-12-24]} | 2026-12-24T02:30 | holiday | a closed day of the definition
            a time to come               | cron: '30 2 * * *', zone: Europe/Berlin | 2026-12-25T02:30 | planned | At 2026-12-25 02:30:00+01:00 a run will start.
            a day to come                | cron: '30 2 * * *', zone: Europe/Berlin | 2026-12-25 | planned | 02:30:00+01:00
            the time of another clock    | cron: '30 2 * * *', zone: Europe/Berlin | 2026-12-25T02:30Z | not-due | The next one is 2026-12-26 02:30:00+01:00
            no time of the expression    | cron: '30 2 * * 1', zone: Europe/Berlin | 2026-12-25T02:30 | not-due | '30 2 * * 1' in Europe/Berlin has no time then. The next one is 2026-12-28
            before the start             | cron: '30 2 * * *', zone: Europe/Berlin, start: 2026-12-26 | 2026-12-25T02:30 | outside-dates | begins at 2026-12-26 00:00:00+01:00 ('start')
            after the end                | cron: '30 2 * * *', zone: Europe/Berlin, end: 2026-12-24T06:00 | 2026-12-25T02:30 | outside-dates | ended at 2026-12-24 06:00:00+01:00 ('end')
            after the last time          | cron: '0 30 2 24 12 ? 2026', zone: Europe/Berlin | 2026-12-25T02:30 | outside-dates | It never fires again
            clocks leave it out          | cron: '30 2 * * *', zone: Europe/Berlin | 2027-03-28T02:30 | clock-change | leave out 02:30 on 2027-03-28 ('daylight-saving', 'missing'). The next one is 2027-03-29
            clocks leave it out, later   | cron: '30 2 * * *', zone: Europe/Berlin, daylight-saving: {missing: later, repeated: last} | 2027-03-28T02:30 | clock-change | The next one is 2027-03-28 03:30:00+02:00
            left out, and not due anyway | cron: '45 2 * * *', zone: Europe/Berlin | 2027-03-28T02:30 | not-due | has no time then
            clocks show it twice         | cron: '30 2 * * *', zone: Europe/Berlin | 2027-10-31T00:30Z | clock-change | show this time twice; the schedule starts at 2027-10-31 02:30:00+01:00
            twice, by the wall           | cron: '30 2 * * *', zone: Europe/Berlin | 2027-10-31T02:30 | planned | At 2027-10-31 02:30:00+01:00
            moved to a business day      | cron: '0 9 * * 5', zone: Europe/Berlin, calendar: {holidays: [DE], on-closed: next} | 2026-12-25T09:00 | moved | Its time on 2026-12-25 is moved to 2026-12-28 09:00:00+01:00
            moved here                   | cron: '0 9 * * 5', zone: Europe/Berlin, calendar: {holidays: [DE], on-closed: next} | 2026-12-28T09:00 | planned | a run will start, moved from 2026-12-25
            another business day         | cron: '0 18 * * *', zone: Europe/Berlin, calendar: {business-day: -1} | 2026-12-30T18:00 | other-business-day | only business day -1 counts
            another definition of then   | cron: '30 2 * * *', zone: Europe/Berlin | 2026-06-25T02:30 | not-recorded | There is no record of this schedule.
            """)
    void isExplainedByTheCalculation(String what, String keys, String at, String code, String words) {
        schedule(keys);
        fixture.now = Instant.parse("2026-11-29T12:00:00Z");
        Explanation explanation = explain(at);

        first(explanation, CauseCode.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_')), words);
        assertThat(explanation.subject()).startsWith("schedule s of " + name + " at 202");
    }

    @Test
    void namesTheRunThatStarted() {
        schedule("cron: '0 * * * *'").fire("2026-11-29T00:30:00Z", "2026-11-29T01:00:00Z", "2026-11-29T01:00:02Z");
        long run = runs().getFirst().id();
        Explanation explanation = explain("2026-11-29T01:00");

        first(explanation, CauseCode.STARTED, "At 2026-11-29 01:00:00Z run " + run + " started.");
        assertThat(explanation.causes().getFirst().references()).contains(new Reference(Kind.RUN, "" + run));
        assertThat(explanation.causes()).extracting(Cause::code).contains(CauseCode.IN_LINE);
    }

    @Test
    void namesTheHolidayThatIsRecorded() {
        schedule("cron: '0 9 * * *', zone: Europe/Berlin, calendar: {holidays: [DE]}")
                .fire("2026-12-24T12:00:00Z", "2026-12-25T08:00:00Z", "2026-12-25T08:00:01Z");

        first(explain("2026-12-25T09:00"), CauseCode.HOLIDAY, "no business day: 1st Christmas day (holiday of DE)");
    }

    @Test
    void namesTheRunThatOverlapped() {
        schedule("cron: '0 * * * *', overlap: skip")
                .fire("2026-11-29T00:30:00Z", "2026-11-29T01:00:00Z", "2026-11-29T01:00:02Z")
                .fire("2026-11-29T00:30:00Z", "2026-11-29T02:00:00Z", "2026-11-29T02:00:02Z");
        long run = runs().getFirst().id();
        Explanation explanation = explain("2026-11-29T02:00");

        first(explanation, CauseCode.OVERLAP, "no run started, for an earlier one was not over: run " + run);
        assertThat(explanation.causes().getFirst().references()).contains(new Reference(Kind.RUN, "" + run));
    }

    @Test
    void namesTheRunForWhichItIsQueued() {
        schedule("cron: '0 * * * *', overlap: queue")
                .fire("2026-11-29T00:30:00Z", "2026-11-29T01:00:00Z", "2026-11-29T01:00:02Z")
                .fire("2026-11-29T00:30:00Z", "2026-11-29T02:00:00Z", "2026-11-29T02:00:02Z");

        first(
                explain("2026-11-29T02:00"),
                CauseCode.QUEUED,
                "run " + runs().getFirst().id() + " was unfinished");
    }

    @Test
    void namesTheRunThatWasCancelledForIt() {
        schedule("cron: '0 * * * *', overlap: cancel-previous")
                .fire("2026-11-29T00:30:00Z", "2026-11-29T01:00:00Z", "2026-11-29T01:00:02Z")
                .fire("2026-11-29T00:30:00Z", "2026-11-29T02:00:00Z", "2026-11-29T02:00:02Z");
        Explanation explanation = explain("2026-11-29T02:00");

        first(explanation, CauseCode.STARTED, "run " + runs().getLast().id() + " was cancelled for it");
        first(
                fixture.explainer().run(runs().getLast()),
                CauseCode.CANCELLED,
                "was cancelled by schedule:s: cancelled on request");
    }

    @Test
    void namesWhoPausedItAndWhy() {
        schedule("cron: '0 * * * *'");
        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(status -> {
            fixture.now = Instant.parse("2026-11-29T03:10:00Z");
            fixture.fires()
                    .planPaused(
                            name,
                            schedule(),
                            Instant.parse("2026-11-29T01:30:00Z"),
                            fixture.now,
                            "paused by user:ann: stocktaking");
        });

        first(explain("2026-11-29T02:00"), CauseCode.PAUSED, "the schedule was paused by user:ann: stocktaking");
    }

    @Test
    void namesThePauseOfNowBeforeItsTimesAreRecorded() {
        schedule("cron: '0 * * * *'");
        fixture.now = Instant.parse("2026-11-29T02:10:00Z");
        fixture.jdbc()
                .sql(
                        "INSERT INTO schedule_pause (definition, schedule, reason, actor, paused_at) VALUES (?, 's', 'moving house', 'user:ann', ?)")
                .params(name, Instant.parse("2026-11-29T01:30:00Z").atOffset(ZoneOffset.UTC))
                .update();

        first(explain("2026-11-29T02:00"), CauseCode.PAUSED, "the schedule is paused by user:ann: moving house");
        first(explain("2026-11-29T05:00"), CauseCode.PAUSED, "no run will start");
        assertThat(explain("2026-11-29T05:00").causes().getFirst().since())
                .isEqualTo(Instant.parse("2026-11-29T01:30:00Z"));
        assertThat(ExplainFixture.lines(fixture.explainer().definition(definition)))
                .contains("paused Schedule s: the schedule is paused by user:ann: moving house.");
        first(fixture.explainer().schedule(definition, schedule()), CauseCode.PAUSED, "moving house");
    }

    @Test
    void saysThatItWasMissedAndWhichNodeWasAway() {
        fixtureNodes();
        schedule("cron: '0 * * * *', missed: {start: skip}")
                .fire("2026-11-29T00:30:00Z", "2026-11-29T01:00:00Z", "2026-11-29T01:20:00Z");
        Explanation explanation = explain("2026-11-29T01:00");

        first(explanation, CauseCode.MISSED, "no node could start it in time");
        assertThat(ExplainFixture.lines(explanation))
                .anyMatch(line -> line.startsWith("no-node None of the nodes that are recorded now was there"))
                .anyMatch(line ->
                        line.startsWith("node-away Node left is away: its last heartbeat was at 2026-11-29 00:50"));
        assertThat(ExplainFixture.lines(fixture.explainer()
                        .schedule(
                                definition, "s", AskedTime.of("2026-11-29T01:00"), DefinitionScope.of(List.of(name)))))
                .as("nodes are named to those who may see everything")
                .noneMatch(line -> line.contains("Node left"));
    }

    private void fixtureNodes() {
        schedule("cron: '0 * * * *'");
        fixture.jdbc().sql("DELETE FROM node").update();
        node("left", "2026-11-28T00:00:00Z", "2026-11-29T00:50:00Z");
        node("came", "2026-11-29T01:10:00Z", "2026-11-29T01:20:00Z");
    }

    @Test
    void saysWhyARunFailedAtOnce() {
        schedule("cron: '0 * * * *'");
        Path data = folder.resolve("definitions/data/" + name + "/a.csv");
        assertThat(data.toFile().delete()).isTrue();
        fire("2026-11-29T00:30:00Z", "2026-11-29T01:00:00Z", "2026-11-29T01:00:02Z");

        first(explain("2026-11-29T01:00"), CauseCode.REJECTED, "failed at once");
    }

    @Test
    void saysThatItIsMadeUpFor() {
        schedule("cron: '0 * * * *'").fire("2026-11-29T00:30:00Z", "2026-11-29T02:00:00Z", "2026-11-29T02:20:00Z");

        first(explain("2026-11-29T01:00"), CauseCode.MISSED, "a later time was made up for");
        first(explain("2026-11-29T02:00"), CauseCode.STARTED, "made up for: no node could start it in time");
        first(explain("2026-11-28T02:00"), CauseCode.NOT_RECORDED, "begins at 2026-11-29 01:00:00Z");
    }

    @Test
    void saysThatJitterDelaysIt() {
        schedule("cron: '0 * * * *', jitter: 50m");
        fixture.now = Instant.parse("2026-11-29T02:00:00.001Z");

        first(explain("2026-11-29T02:00"), CauseCode.JITTER, "delayed to 2026-11-29 02:");
    }

    @Test
    void saysThatANodeDecidesWithinMoments() {
        schedule("cron: '0 * * * *'");
        fixture.now = Instant.parse("2026-11-29T02:00:05Z");

        first(explain("2026-11-29T02:00"), CauseCode.STARTING, "a node decides about it");
    }

    @Test
    void saysThatTheRunIsToBeAccepted() {
        schedule("cron: '0 * * * *'");
        fixture.jdbc()
                .sql(
                        "INSERT INTO schedule_fire (definition, schedule, fire_time, outcome) VALUES (?, 's', '2026-11-29 02:00Z', 'starting')")
                .param(name)
                .update();

        first(explain("2026-11-29T02:00"), CauseCode.STARTING, "a run was to start, and is not accepted yet");
    }

    @Test
    void listsWhatHappenedAtATimeToThoseWhoMaySeeIt() {
        schedule("cron: '0 * * * *'").fire("2026-11-27T00:30:00Z", "2026-11-27T01:00:00Z", "2026-11-27T01:00:02Z");
        Explainer explainer = fixture.explainer();

        assertThat(ExplainFixture.lines(explainer.time(AskedTime.of("2026-11-27T01:00"), DefinitionScope.ALL)))
                .anyMatch(line -> line.startsWith("started " + name + "/s: At 2026-11-27 01:00:00Z run "));
        assertThat(ExplainFixture.lines(
                        explainer.time(AskedTime.of("2026-11-27T01:00"), DefinitionScope.of(List.of("other")))))
                .noneMatch(line -> line.contains(name));
    }
}
