package dev.bes.orchestrator.run.shadow;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.ShadowAcceptance;
import dev.bes.orchestrator.run.acceptance.ShadowAcceptance.Shadow;
import dev.bes.orchestrator.run.shadow.ShadowRows.Begun;
import dev.bes.orchestrator.run.shadow.ShadowRows.Ended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Begins the shadow of a scoring in the transaction that accepts its output, and gives the verdict in the transaction that ends the
 * shadow. A failure here never fails the transaction.
 */
@Component
@EnableConfigurationProperties(ShadowSettings.class)
public class Shadows {
    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);

    private final Transactions transactions;
    private final ShadowAcceptance acceptance;
    private final ShadowRows rows;
    private final int maxWaiting;

    public Shadows(
            PlannerSwitches switches, Transactions transactions, ShadowAcceptance acceptance, ShadowSettings settings) {
        this.transactions = transactions;
        this.acceptance = acceptance;
        this.rows = new ShadowRows(switches.jdbc());
        this.maxWaiting = settings.maxWaiting();
    }

    /** A verdict that was given. */
    public record Judged(String definition, Verdict verdict) {}

    /** What is to be done instead of a move: a shadow fails where another scoring would need attention, since nobody waits for it. */
    public static Move decided(Move move) {
        return move.attention() != null && move.claim().definition().isShadow()
                ? Move.failed(move.claim(), String.valueOf(move.cause()), move.remoteWord())
                : move;
    }

    /** Begins and ends shadows as scorings have moved, in the transaction under way. */
    public List<Judged> follow(List<Move> made) {
        List<Claim> accepted = made.stream()
                .filter(move -> move.to().step() == Step.DELIVERED)
                .map(Move::claim)
                .filter(Shadows::isSampled)
                .toList();
        List<Ended> ended = made.stream()
                .filter(move ->
                        move.to().state().ended() && move.claim().definition().isShadow())
                .map(move -> new Ended(move.claim().run(), move.to().state() != State.FINISHED, move.cause()))
                .toList();
        if (accepted.isEmpty() && ended.isEmpty()) {
            return List.of();
        }
        try {
            return transactions.runNested(() -> {
                List<Judged> judged = new ArrayList<>(rows.end(ended));
                judged.addAll(begin(accepted));
                return judged;
            });
        } catch (RuntimeException e) {
            if (DatabaseFailure.of(e) != null) {
                throw e;
            }
            LOG.error(
                    "Shadows could not be begun or judged: a bug of the orchestrator. Their scorings go on without", e);
            return List.of();
        }
    }

    private static boolean isSampled(Claim claim) {
        Definition.Shadow shadow = claim.definition().shadow();
        return shadow != null
                && !claim.definition().isShadow()
                && !claim.isCarrier()
                && ShadowSample.has(claim.scoring(), shadow.share());
    }

    private List<Judged> begin(List<Claim> accepted) {
        Map<String, Integer> free = new HashMap<>();
        Map<Long, String> skipped = new HashMap<>();
        List<Shadow> shadows = new ArrayList<>();
        for (Claim claim : accepted) {
            String name = claim.definition().name();
            int left = free.computeIfAbsent(name, of -> maxWaiting - rows.waiting(of, maxWaiting));
            Map<String, InputSource> inputs = staged(claim);
            if (inputs == null) {
                skipped.put(claim.scoring(), "Its input was staged by an earlier version, which kept no version of it");
            } else if (left <= 0) {
                skipped.put(
                        claim.scoring(),
                        "%,d shadows of the definition were unfinished, the limit of orchestrator.shadow.max-waiting"
                                .formatted(maxWaiting));
            } else {
                free.put(name, left - 1);
                shadows.add(new Shadow(claim.scoring(), claim.definition().asShadow(), inputs, claim.parameters()));
            }
        }
        Map<Long, Long> runs = acceptance.accept(shadows);
        rows.insert(accepted.stream()
                .filter(claim -> runs.containsKey(claim.scoring()) || skipped.containsKey(claim.scoring()))
                .map(claim -> Begun.of(claim, runs.get(claim.scoring()), skipped.get(claim.scoring())))
                .toList());
        return accepted.stream()
                .filter(claim -> skipped.containsKey(claim.scoring()))
                .map(claim -> new Judged(claim.definition().name(), Verdict.SKIPPED))
                .toList();
    }

    /** The very bytes that were scored, under the names that people know; null if the version of one is not known. */
    private static @Nullable Map<String, InputSource> staged(Claim claim) {
        Map<String, InputSource> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, InputSource> input : claim.inputs().entrySet()) {
            StagedInput staged = claim.known().staged().get(input.getKey());
            if (staged == null || staged.etag() == null) {
                return null;
            }
            String name = input.getValue().name();
            inputs.put(input.getKey(), new InputSource.OwnBlob(staged.blob(), staged.etag(), name));
        }
        return inputs;
    }
}
