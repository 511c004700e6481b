package dev.bes.orchestrator.run.claim;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Definitions that want the same endpoint. */
class FairShareTests {
    private static final int ANY = Integer.MAX_VALUE;

    private final RunParts node = DatabaseFixture.shared().node("sharing");
    private final String endpoint = aRun().definition().endpoint();

    /** Accepts a run of so many scorings, of a definition of that priority. */
    private void waits(String definition, int priority, int scorings) {
        node.runs()
                .accept(aRun().of(definition)
                        .on(endpoint)
                        .withPriority(priority)
                        .withScorings(scorings)
                        .build());
    }

    private List<Claim> claim(int places, int limit) {
        return node.claims().claim(Sweep.LAUNCH, endpoint, places, limit, LEASE);
    }

    private static Map<String, Long> byDefinition(List<Claim> claims) {
        return claims.stream().collect(groupingBy(claim -> claim.definition().name(), counting()));
    }

    @Test
    void areInProportionToThePriorities() {
        waits("weak", 5, 2_000);
        waits("usual", 10, 2_000);
        waits("strong", 25, 2_000);

        assertThat(byDefinition(claim(ANY, 2_000)))
                .hasEntrySatisfying("weak", n -> assertThat(n).isCloseTo(250, Offset.offset(90L)))
                .hasEntrySatisfying("usual", n -> assertThat(n).isCloseTo(500, Offset.offset(120L)))
                .hasEntrySatisfying("strong", n -> assertThat(n).isCloseTo(1_250, Offset.offset(150L)));
    }

    @Test
    void areInProportionAlsoWhenPlacesComeOneByOne() {
        waits("usual", 10, 600);
        waits("strong", 30, 600);
        List<Claim> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            List<Claim> one = claim(1, 10);
            assertThat(one).hasSize(1);
            all.addAll(one);
            node.claims().defer(List.of(new Deferral(one.getFirst(), LEASE, null)));
        }

        assertThat(byDefinition(all))
                .hasEntrySatisfying("usual", n -> assertThat(n).isCloseTo(100, Offset.offset(50L)));
    }

    @Test
    void letNobodyStarveBehindALongRunOfTheHighestPriority() {
        waits("long", 100, 3_000);
        waits("short", 1, 1);
        List<Claim> claims = new ArrayList<>();
        while (!byDefinition(claims).containsKey("short")) {
            claims.addAll(claim(ANY, 40));
        }

        assertThat(claims).as("the long one is not through").hasSizeLessThan(3_001);
    }

    @Test
    void leaveNothingUnused() {
        waits("short", 100, 3);
        waits("long", 1, 100);

        assertThat(byDefinition(claim(40, 500))).containsExactlyInAnyOrderEntriesOf(Map.of("short", 3L, "long", 37L));
        assertThat(claim(40, 500)).isEmpty();
    }

    @Test
    void areAllThereIsForADefinitionThatIsAlone() {
        waits("alone", 1, 50);

        assertThat(claim(40, 500)).extracting(Claim::position).hasSize(40).allMatch(place -> place <= 40);
    }

    @Test
    void countNobodyWhoseScoringsAreNotDue() {
        waits("backing-off", 100, 10);
        node.claims()
                .defer(claim(ANY, 10).stream()
                        .map(claim -> new Deferral(claim, Duration.ofHours(1), "rain"))
                        .toList());
        waits("due", 1, 10);

        assertThat(byDefinition(claim(10, 10))).containsExactly(Map.entry("due", 10L));
    }

    @Test
    void areFirstComeFirstServedWithinADefinition() {
        waits("old", 10, 5);
        waits("new", 10, 5);
        DatabaseFixture.shared()
                .jdbc()
                .sql("UPDATE scoring SET due_at = due_at - position * interval '1 min' WHERE endpoint = ?")
                .param(endpoint)
                .update();

        List<Claim> claims = claim(ANY, 5);
        byDefinition(claims)
                .forEach((definition, n) -> assertThat(claims)
                        .filteredOn(claim -> claim.definition().name().equals(definition))
                        .extracting(Claim::position)
                        .allMatch(place -> place > 5 - n));
    }

    @Test
    void areAlsoForWhatANodeOfTheVersionBeforeHasAccepted() {
        waits("newer", 10, 5);
        waits("older", 10, 5);
        DatabaseFixture.shared()
                .jdbc()
                .sql("UPDATE scoring SET definition = DEFAULT, priority = DEFAULT FROM run r WHERE run_id = r.id"
                        + " AND r.definition = 'older' AND endpoint = ?")
                .param(endpoint)
                .update();

        assertThat(byDefinition(claim(ANY, 10))).containsOnly(Map.entry("newer", 5L), Map.entry("older", 5L));
    }
}
