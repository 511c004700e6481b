package dev.bes.orchestrator.run;

import dev.bes.orchestrator.definition.Attempts;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definition.OneCallLimit;
import dev.bes.orchestrator.definition.Delivery;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Triggers;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A run to ask for; unless told otherwise of a definition, on an endpoint and for an occurrence of its own. */
public final class RunBuilder {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final int number = RUNS.incrementAndGet();
    private String definition = "definition-" + number;
    private String endpoint = "endpoint-" + number;
    private String occurrence = "request:" + number;
    private @Nullable String fingerprint;
    private String delivery = "there";
    private Delivery.@Nullable Container container;
    private Delivery.@Nullable To to;
    private int attempts = 1;
    private int priority = Definition.DEFAULT_PRIORITY;
    private Duration deadline = Duration.ofHours(4);
    private List<? extends InputSource> files = List.of(new InputFile("/in/1.csv", "1.csv"));
    private final Map<String, String> templates = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Output> outputs = new LinkedHashMap<>();

    @Nullable
    private OneCallLimit oneCallLimit;

    private @Nullable String partition;
    private List<String> callbacks = List.of();
    private @Nullable String fairnessKey;
    private @Nullable String pool;
    private Definition.@Nullable Shadow shadow;
    private Definition.@Nullable Fold fold;

    private RunBuilder() {}

    /** A run of one scoring. */
    public static RunBuilder aRun() {
        return new RunBuilder();
    }

    /** With so many scorings. */
    public RunBuilder withScorings(int count) {
        return withFiles(IntStream.rangeClosed(1, count)
                .mapToObj(i -> new InputFile("/in/" + i + ".csv", i + ".csv"))
                .toList());
    }

    /** With one scoring for each of these files. */
    public RunBuilder withFiles(List<? extends InputSource> some) {
        this.files = some;
        return this;
    }

    /** Of the definition of that name. */
    public RunBuilder of(String name) {
        this.definition = name;
        return this;
    }

    /** On the endpoint of that name. */
    public RunBuilder on(String name) {
        this.endpoint = name;
        return this;
    }

    /** For that occurrence. */
    public RunBuilder occurring(String key) {
        this.occurrence = key;
        return this;
    }

    /** Asked for by a request of that content. */
    public RunBuilder withFingerprint(String hash) {
        this.fingerprint = hash;
        return this;
    }

    /** Whose scorings are tried so often. */
    public RunBuilder withAttempts(int max) {
        this.attempts = max;
        return this;
    }

    /** Whose remote jobs may take so long. */
    public RunBuilder withDeadline(Duration most) {
        this.deadline = most;
        return this;
    }

    /** Of a definition of that priority. */
    public RunBuilder withPriority(int share) {
        this.priority = share;
        return this;
    }

    /** Whose inputs of up to so many rows go by the Request/Response Service. */
    public RunBuilder withRequestResponse(int rows) {
        this.oneCallLimit = new OneCallLimit(rows);
        return this;
    }

    /** About that part of the data. */
    public RunBuilder ofPartition(String template) {
        this.partition = template;
        return this;
    }

    /** Of a definition that tells these addresses of its end. */
    public RunBuilder calling(String... addresses) {
        this.callbacks = List.of(addresses);
        return this;
    }

    /** Of a definition whose scorings take turns by that key. */
    public RunBuilder takingTurnsBy(String template) {
        this.fairnessKey = template;
        return this;
    }

    /** Of a definition whose scorings need a slot of that pool. */
    public RunBuilder inPool(String name) {
        this.pool = name;
        return this;
    }

    /** Of a definition whose scorings have a shadow. */
    public RunBuilder shadowedBy(Definition.Shadow other) {
        this.shadow = other;
        return this;
    }

    /** Delivered to that folder. */
    public RunBuilder deliveredTo(String template) {
        this.delivery = template;
        return this;
    }

    /** With a global parameter of the web service. */
    public RunBuilder withTemplate(String name, String template) {
        templates.put(name, template);
        return this;
    }

    /** Whose scorings share remote jobs. */
    public RunBuilder folded(Definition.Fold by) {
        this.fold = by;
        return this;
    }

    /** With a parameter of the request. */
    public RunBuilder withValue(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** With an output of that name; without any there is one that may have any rows. */
    public RunBuilder withOutput(String name, Output output) {
        outputs.put(name, output);
        return this;
    }

    /** Whose outputs are put into a container. */
    public RunBuilder putInto(Delivery.Container container, Delivery.To to) {
        this.container = container;
        this.to = to;
        return this;
    }

    /** The definition. */
    public Definition definition() {
        return new Definition(
                definition,
                "A definition under test.",
                endpoint,
                Map.of("input1", new Input(null, List.of())),
                outputs.isEmpty() ? Map.of("output1", new Output(Output.Rows.ANY, List.of())) : outputs,
                templates,
                new Triggers(List.of(), List.of(), List.of()),
                new Delivery(delivery, container, to),
                new Attempts(attempts, Duration.ofSeconds(30)),
                deadline,
                priority,
                oneCallLimit,
                partition,
                null,
                fairnessKey == null ? null : new Definition.Fairness(fairnessKey, null),
                pool,
                callbacks,
                shadow,
                fold);
    }

    /** The run. */
    public NewRun build() {
        List<Map<String, InputSource>> scorings = new ArrayList<>();
        files.forEach(file -> scorings.add(Map.of("input1", file)));
        return NewRun.requested(
                definition(), occurrence, fingerprint, values, scorings, Actor.request("ada"), Map.of());
    }
}
