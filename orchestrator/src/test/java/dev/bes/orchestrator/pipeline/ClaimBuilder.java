package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Delivery;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.Facts;
import dev.bes.orchestrator.run.Claim.RowPart;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A claim as a sweep gets it: of run 7, its third scoring, with job {@code j1} where there is one. */
public final class ClaimBuilder {
    // no row of any database that tests share
    private static final long NOWHERE = 7_000_000_000L;
    public static final UUID NONCE = UUID.fromString("00000000-0000-0000-0000-000000000009");

    private final RunBuilder run = RunBuilder.aRun().of("hashing").on("hashing").withDeadline(Duration.ofHours(1));
    private final ScoringState scoringState;
    private String delivery = "there";
    private String file = "/in/day.csv";
    private @Nullable InputSource source;
    private @Nullable StopReason stopReason;
    private int attempt = 1;
    private int failures;
    private int notFoundCount;
    private int expiredLeases;
    private int unreadableInputs;
    private int intents;
    private long rowsIn = 2;
    private long bytesIn = 20;
    private String sha256 = "ab";
    private @Nullable List<RowPart> rowParts;
    private Duration since = Duration.ofSeconds(10);

    private ClaimBuilder(ScoringState scoringState) {
        this.scoringState = scoringState;
    }

    public static ClaimBuilder aClaim(Step step) {
        return new ClaimBuilder(new ScoringState(step, step == Step.SCORED ? State.RUNNING : State.NOT_STARTED));
    }

    public static ClaimBuilder aRunningClaim() {
        return new ClaimBuilder(new ScoringState(Step.STARTED, State.RUNNING));
    }

    /** The last thing that is known of it happened so long ago. */
    public ClaimBuilder since(Duration ago) {
        this.since = ago;
        return this;
    }

    public ClaimBuilder attempt(int number, int max) {
        this.attempt = number;
        run.withAttempts(max);
        return this;
    }

    public ClaimBuilder failures(int inARow) {
        this.failures = inARow;
        return this;
    }

    public ClaimBuilder notFoundCount(int inARow) {
        this.notFoundCount = inARow;
        return this;
    }

    public ClaimBuilder expiredLeases(int inARow) {
        this.expiredLeases = inARow;
        return this;
    }

    public ClaimBuilder intents(int soFar) {
        this.intents = soFar;
        return this;
    }

    ClaimBuilder stopReason(StopReason why) {
        this.stopReason = why;
        return this;
    }

    public ClaimBuilder output(String name, Output output) {
        run.withOutput(name, output);
        return this;
    }

    /** Of the shadow of a scoring. */
    public ClaimBuilder shadow(Definition.Shadow shadow) {
        run.on(shadow.endpoint()).shadowedBy(shadow);
        return this;
    }

    public ClaimBuilder deliveredTo(String folder) {
        this.delivery = folder;
        return this;
    }

    /** Whose outputs are also put into store {@code lake}, under this prefix. */
    public ClaimBuilder putInto(String prefix) {
        run.putInto(new Delivery.Container("lake", prefix), Delivery.To.BOTH);
        return this;
    }

    /** Outputs go into a container, and not into the folder. */
    public ClaimBuilder putOnlyInto(String prefix) {
        run.putInto(new Delivery.Container("lake", prefix), Delivery.To.CONTAINER);
        return this;
    }

    public ClaimBuilder file(String path) {
        this.file = path;
        return this;
    }

    /** Whose input comes from there, and is no file. */
    public ClaimBuilder from(InputSource elsewhere) {
        this.source = elsewhere;
        return this;
    }

    /** Whose inputs of up to so many rows go by the Request/Response Service. */
    public ClaimBuilder requestResponse(int rows) {
        run.withRequestResponse(rows);
        return this;
    }

    public ClaimBuilder rowsIn(long rows) {
        this.rowsIn = rows;
        return this;
    }

    public ClaimBuilder bytesIn(long bytes) {
        this.bytesIn = bytes;
        return this;
    }

    /** What is staged is this file as it is now. */
    public ClaimBuilder stagedFrom(Path now) throws IOException {
        this.sha256 = Sha256.of(Files.readAllBytes(now));
        return file(now.toString());
    }

    /** Whose rows an earlier slice may have sent. */
    public ClaimBuilder begun() {
        this.rowParts = List.of();
        return this;
    }

    ClaimBuilder unreadableInputs(int attempts) {
        this.unreadableInputs = attempts;
        return this;
    }

    public Claim build() {
        Facts facts = scoringState.step() == Step.PLANNED
                ? null
                : new Facts(
                        Map.of("input1", new StagedInput("in/7/3-1/input1-ab.csv", rowsIn, bytesIn, sha256)),
                        rowsIn,
                        NONCE,
                        scoringState.step() == Step.STAGED ? null : "j1",
                        intents,
                        since,
                        since,
                        since,
                        null,
                        rowParts);
        return new Claim(
                NOWHERE,
                7,
                3,
                "hashing",
                scoringState,
                stopReason,
                attempt,
                5,
                failures,
                notFoundCount,
                expiredLeases,
                unreadableInputs,
                Map.of("input1", source == null ? new InputFile(file, "my day.csv") : source),
                Map.of("p", "v"),
                delivery,
                run.definition(),
                facts,
                null,
                null);
    }
}
