package dev.bes.orchestrator.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.Precondition;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.run.meter.RunMeters;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The alerts, the dashboard and the examples of the folder {@code monitoring}, held against what a node shows. */
@Tag("slow")
class AlertsTests {
    private static final Path FOLDER = Path.of("../monitoring");
    private static final Path PROMETHEUS = FOLDER.resolve("prometheus");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern METRIC = Pattern.compile(
            "\\b((?:orchestrator|hikaricp|jvm|process|http_server|spring_batch|resilience4j)_[a-z0-9_]+)");
    /** Labels that look like metrics. */
    private static final Set<String> LABELS = Set.of("spring_batch_job_name", "spring_batch_job_status");

    @TempDir
    static Path folder;

    private static WebNode node;
    private static String scrape;

    @BeforeAll
    static void start() {
        node = WebNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of(
                        "management.server.port", "0",
                        "orchestrator.monitoring.interval", "200ms",
                        // they share a subscription
                        "orchestrator.endpoints.feature-hashing.rate-limit", "1000/60s",
                        "orchestrator.endpoints.always-fails.rate-limit", "1000/60s",
                        "orchestrator.endpoints.never-writes.rate-limit", "1000/60s",
                        "orchestrator.endpoints.hangs.rate-limit", "1000/60s"));
        node.await(node.run("greetings"), StateJson.FINISHED);
        node.await(node.run("failing"), StateJson.FAILED);
        node.run("hanging");
        node.part(RunMeters.class).compared("greetings", "same");
        scrape = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> node.monitoring().get("/actuator/prometheus").body(),
                        text -> text.contains("orchestrator_runs_unfinished{")
                                && text.contains("orchestrator_scorings_unfinished{")
                                && text.contains("spring_batch_job_seconds_count"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private record Result(int code, String output) {}

    private static Result promtool(Path input, String... arguments) throws IOException, InterruptedException {
        Precondition.PROMTOOL.require(Files.isExecutable(Path.of("/usr/bin/promtool")));
        Path output = folder.resolve("promtool.log");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(PROMETHEUS.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(output));
    }

    @Test
    void areUnderstoodByPrometheus() throws IOException, InterruptedException {
        Result rules = promtool(Path.of("/dev/null"), "check", "rules", "rules.yml");
        assertThat(rules.code).as(rules.output).isZero();
        Result example = promtool(Path.of("/dev/null"), "check", "config", "prometheus.yml");
        assertThat(example.code).as(example.output).isZero();
    }

    /** As rules that record each, since promtool reads expressions in rules only. */
    @Test
    void haveADashboardWhoseEveryExpressionPrometheusUnderstands() throws IOException, InterruptedException {
        List<String> expressions = StreamSupport.stream(
                        JsonMapper.shared()
                                .readTree(Files.readString(FOLDER.resolve("grafana/orchestrator.json")))
                                .path("panels")
                                .spliterator(),
                        false)
                .flatMap(panel -> panel.path("targets").findValuesAsString("expr").stream())
                .map(expression -> expression
                        .replace("$__rate_interval", "5m")
                        .replace("$definition", ".*")
                        .replace("$endpoint", ".*"))
                .toList();
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("  - record: expression_%d%n    expr: %s%n"
                    .formatted(i, JsonMapper.shared().writeValueAsString(expressions.get(i))));
        }
        Path file = Files.writeString(folder.resolve("dashboard.yml"), rules.toString());

        Result result = promtool(Path.of("/dev/null"), "check", "rules", file.toString());

        assertThat(expressions).hasSizeGreaterThan(30).noneMatch(expression -> expression.contains("$"));
        assertThat(result.code).as(result.output).isZero();
        assertThat(result.output).contains(expressions.size() + " rules found");
    }

    @Test
    void fireOnTheirTimeSeriesAndNotWhenAllIsWell() throws IOException, InterruptedException {
        Result result = promtool(Path.of("/dev/null"), "test", "rules", "rules-test.yml");

        assertThat(result.code).as(result.output).isZero();
    }

    @Test
    void areEachFiredAndKeptQuietByATest() throws IOException {
        String tests = Files.readString(PROMETHEUS.resolve("rules-test.yml"));
        String quiet = tests.substring(tests.indexOf("all is well"), tests.indexOf("fires"));

        assertThat(alerts()).hasSizeGreaterThan(15).allSatisfy(alert -> {
            assertThat(tests).contains("- name: " + alert + " fires");
            assertThat(quiet).contains("alertname: " + alert + "\n");
        });
    }

    @Test
    void haveARunbookEach() throws IOException {
        String rules = Files.readString(PROMETHEUS.resolve("rules.yml"));
        String runbooks = Files.readString(Path.of("../docs/runbooks.md"));
        List<String> paragraphs = Pattern.compile("(?m)^## (\\w+)$")
                .matcher(runbooks)
                .results()
                .map(heading -> heading.group(1))
                .toList();

        assertThat(paragraphs).containsExactlyElementsOf(alerts());
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(rules)
                        .contains("runbook_url: docs/runbooks.md#" + alert.toLowerCase(Locale.ROOT) + "\n"));
        for (String part : new String[] {"**It means**", "**Look at**", "**Do**"}) {
            assertThat(runbooks.split(Pattern.quote(part), -1)).as(part).hasSize(alerts().size() + 1);
        }
    }

    /** The conventions of Prometheus for names, units and help. Metrics of libraries are theirs. */
    @Test
    void useMetricsWhoseNamesFollowTheConventions() throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("scrape.txt"), scrape);

        Result result = promtool(input, "check", "metrics");

        assertThat(result.output.lines().filter(line -> line.startsWith("orchestrator_")))
                .isEmpty();
        assertThat(result.output).doesNotContain("error while linting");
    }

    @Test
    void nameOnlyMetricsThatANodeShows() throws IOException {
        Set<String> shown = scrape.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        for (String file : new String[] {
            "prometheus/rules.yml",
            "prometheus/rules-test.yml",
            "grafana/orchestrator.json",
            "keda/scaled-object.yaml",
            "keda/horizontal-pod-autoscaler.yaml",
            "../docs/configuration.md",
            "../docs/runbooks.md"
        }) {
            Set<String> named = named(Files.readString(FOLDER.resolve(file)));
            assertThat(named).as(file).isNotEmpty();
            assertThat(named.stream().filter(name -> !isShown(name, shown)))
                    .as(file)
                    .isEmpty();
        }
    }

    private static boolean isShown(String name, Set<String> shown) {
        return shown.contains(name) || shown.contains(name + "_count");
    }

    private static Set<String> named(String text) {
        Matcher matcher = METRIC.matcher(text);
        return matcher.results()
                .map(match -> match.group(1))
                .filter(name -> !LABELS.contains(name) && !name.endsWith("_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> alerts() throws IOException {
        return ALERT.matcher(Files.readString(PROMETHEUS.resolve("rules.yml")))
                .results()
                .map(alert -> alert.group(1))
                .toList();
    }
}
