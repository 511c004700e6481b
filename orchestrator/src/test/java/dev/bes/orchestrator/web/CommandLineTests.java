package dev.bes.orchestrator.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.cli.Bes;
import dev.bes.cli.Main;
import dev.bes.cli.output.Terminal;
import dev.bes.cli.session.Environment;
import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a node. */
@Tag("slow")
class CommandLineTests {
    private static final Path SAMPLE = Path.of("../job-definitions/samples/birdstrikes.csv");

    @TempDir
    static Path folder;

    private static OrchestratorNode node;

    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() throws IOException {
        new JobFolder(folder)
                .write("definitions/birdstrikes.yaml", Files.readString(Path.of("../job-definitions/birdstrikes.yaml")))
                .write("definitions/samples/birdstrikes.csv", Files.readAllBytes(SAMPLE))
                .definition("fails", "always-fails", "triggers: {}\n")
                .write("definitions/data/fails/a.csv", "text\ngood\n")
                .definition("pooled", "feature-hashing", "triggers: {}\npool: gpu\n")
                .write("definitions/data/pooled/a.csv", "text\ngood\n")
                .definition("hangs", "hangs", "triggers: {}\n")
                .write("definitions/data/hangs/a.csv", "text\ngood\n");
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), Map.of());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Result bes(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Environment environment = new Environment(
                Map.of("BES_SERVER", node.url().toString(), "HOME", folder.toString()),
                InputStream.nullInputStream(),
                new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, false, true, 120),
                InstantSource.system(),
                ZoneOffset.UTC);
        int code = Bes.execute(environment, arguments);
        return new Result(code, out.toString(), err.toString());
    }

    private static String request(String definition) {
        return bes("run", definition, "-q").out().strip();
    }

    @Test
    void addsThePoolThatARunWaitsFor() {
        String id = request("pooled");
        assertThat(bes("pools").out()).contains("gpu", "does not exist");
        assertThat(bes("show", id).out()).contains("Waits for pool 'gpu', which does not exist");
        assertThat(bes("pools", "set", "gpu", "--slots", "1", "--launches", "5").exitCode())
                .as("a rate needs its time")
                .isEqualTo(2);
        assertThat(bes("pools", "remove", "gpu").err()).contains("There is no such pool");

        Result set = bes("pools", "set", "gpu", "--slots", "1", "--launches", "5", "--per", "1m");

        assertThat(set.exitCode()).as(set.err()).isZero();
        assertThat(bes("watch", id).exitCode()).isZero();
        assertThat(bes("pools", "-o", "csv").out())
                .contains("pool,slots,used,waiting,launched,launches,periodSeconds,definitions,description")
                .contains("gpu,1,0,0,1,5,60,pooled,");
        assertThat(bes("pools", "remove", "gpu").exitCode()).isZero();
    }

    @Test
    void runsWaitsShowsAndDownloads() {
        Path results = folder.resolve("results");

        Result run = bes("run", "birdstrikes", SAMPLE.toString(), "--wait", "--idempotency-key", "story-1", "-q");
        String id = run.out().strip();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(bes("show", id, "--history").out()).contains("Finished", "DELIVERED", "output1", "request:");
        assertThat(bes("download", id, "--into", results.toString()).exitCode()).isZero();
        assertThat(results.resolve("run-" + id + "-1-output1.csv"))
                .content(UTF_8)
                .contains("Wildlife Species_HashingFeature.0")
                .satisfies(csv -> assertThat(csv.lines().count()).isEqualTo(10_001));
        assertThat(bes("run", "birdstrikes", SAMPLE.toString(), "--idempotency-key", "story-1", "-q")
                        .out())
                .as("the same key makes no second run")
                .isEqualTo(id + "\n");
        assertThat(bes("watch", id, "--moves", "-o", "csv").out())
                .startsWith("run,definition,scoring,at,step,state,actor,cause\n")
                .contains(",DELIVERED,Finished,");
        assertThat(bes("rerun", id, "-q").out()).isNotEqualTo(id + "\n").matches("\\d+\n");
        assertThat(bes("runs", "--definition", "birdstrikes", "-q").out().lines())
                .contains(id);
    }

    @Test
    void endsWithOneWhenTheRunFails() {
        Result run = bes("run", "fails", "--wait");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(bes("attention").out()).contains("failed");
    }

    @Test
    void endsWithThreeWhenTheRunIsCancelled() {
        String id = request("hangs");

        assertThat(bes("cancel", id).exitCode()).isZero();
        assertThat(bes("watch", id).exitCode()).isEqualTo(3);
    }

    @Test
    void leavesTheRunAloneWhenAWaitIsInterrupted() throws Exception {
        String id = request("hangs");
        ProcessBuilder command = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--verbose",
                        "watch",
                        id)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        command.environment().put("BES_SERVER", node.url().toString());
        Process process = command.start();
        try (BufferedReader err = process.errorReader(UTF_8)) {
            // the hook is in place soon after the client is made, which the first line announces
            assertThat(err.readLine()).startsWith("Server: ");
            await().pollDelay(Duration.ofSeconds(2)).until(process::isAlive);
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(err.readLine())
                    .isEqualTo("Interrupted. Run %s goes on: bes watch %s waits for it again, bes".formatted(id, id)
                            + " cancel %s ends it.".formatted(id));
        } finally {
            process.destroyForcibly();
        }
        assertThat(bes("show", id, "-o", "csv").out()).doesNotContain("Cancelled");
        bes("cancel", id);
    }

    @Test
    void checksAndComparesDefinitions() throws IOException {
        Path loaded = folder.resolve("definitions/birdstrikes.yaml");
        Path changed = folder.resolve("changed.yaml");
        Files.writeString(changed, Files.readString(loaded).replaceFirst("(?m)^endpoint: .*$", "endpoint: nowhere"));

        Result mistakes = bes("definitions", "validate", changed.toString());
        assertThat(bes("definitions", "validate", loaded.toString()).exitCode()).isZero();
        assertThat(mistakes.exitCode()).as(mistakes.err()).isEqualTo(1);
        assertThat(mistakes.out()).contains("mistake", "nowhere");
        assertThat(bes("definitions", "diff", loaded.toString()).exitCode()).isZero();
        Files.writeString(
                changed, Files.readString(loaded).replaceFirst("(?m)^description: .*$", "description: another one"));
        Result diff = bes("definitions", "diff", changed.toString(), "--with", "birdstrikes");
        assertThat(diff.exitCode()).as(diff.err()).isEqualTo(1);
        assertThat(diff.out()).contains("description", "another one");
        assertThat(bes("definitions", "show", "birdstrikes").out()).contains("nightly");
    }

    @Test
    void pausesAndResumesASchedule() {
        assertThat(bes("schedules", "next", "-o", "csv").out()).contains("birdstrikes/nightly,");
        assertThat(bes("schedules", "pause", "birdstrikes/nightly", "--reason", "closed")
                        .out())
                .contains("closed");
        assertThat(bes("schedules", "next", "birdstrikes").out()).contains("closed");
        assertThat(bes("schedules", "resume", "birdstrikes/nightly").out()).doesNotContain("closed");
    }

    @Test
    void simulatesSchedules() {
        Result result = bes("simulate", "--from", "2027-03-16", "--to", "2027-03-16", "--definition", "birdstrikes");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("birdstrikes/nightly", "started");
        assertThat(bes("simulate", "--from", "2027-03-14", "--to", "2027-03-20", "--limit", "1")
                        .err())
                .contains("There are more");
    }

    @Test
    void explainsWhySomethingDidOrDidNotRun() {
        Result schedule = bes("explain", "birdstrikes/nightly", "--at", "2027-03-16T03:00");

        assertThat(schedule.exitCode()).as(schedule.err()).isZero();
        assertThat(schedule.out().lines())
                .doesNotHaveDuplicates()
                .anyMatch(line -> line.startsWith("  not-due, until at least "));
        Result run = bes("explain", "--file", "nowhere.csv", "-o", "json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"code\" : \"never-seen\"");
        assertThat(bes("explain", "birdstrikes", "-q").out()).contains("planned");
        Result nothing = bes("explain");
        assertThat(nothing.exitCode()).isEqualTo(5);
        assertThat(nothing.err()).contains("Ask about one thing");
    }

    @Test
    void readsEveryListThatThereIs() {
        for (List<String> command : List.of(
                List.of("runs"),
                List.of("definitions"),
                List.of("definitions", "list"),
                List.of("schedules"),
                List.of("schedules", "next"),
                List.of("fires"),
                List.of("simulate"),
                List.of("endpoints"),
                List.of("attention"),
                List.of("nodes"))) {
            for (String format : List.of("table", "json", "yaml", "csv")) {
                Result result = bes(
                        Stream.concat(command.stream(), Stream.of("-o", format)).toArray(String[]::new));

                assertThat(result.exitCode())
                        .as("%s %s: %s", command, format, result.err())
                        .isZero();
            }
        }
        assertThat(bes("nodes").out()).contains("alive");
        assertThat(bes("endpoints").out()).contains("feature-hashing");
    }

    @Test
    void saysThatThereIsNoSuchRun() {
        Result result = bes("show", "999999");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err().lines()).hasSize(1);
    }
}
