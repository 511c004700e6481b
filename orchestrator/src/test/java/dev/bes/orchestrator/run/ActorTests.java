package dev.bes.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who causes an entry of the journal, in words fit to be kept. */
class ActorTests {
    @Test
    void isReadAsItWasWritten() {
        assertThat(List.of(
                        Actor.schedule("nightly"),
                        Actor.file("sales/in"),
                        Actor.request("ada"),
                        Actor.user("ada:lovelace"),
                        Actor.node("host-1-beef")))
                .extracting(Actor::toString)
                .containsExactly(
                        "schedule:nightly", "file:sales/in", "request:ada", "user:ada:lovelace", "node:host-1-beef")
                .allSatisfy(text -> assertThat(Actor.of(text)).hasToString(text));
    }

    @Test
    void isMadeSafeAndShort() {
        assertThat(Actor.user("a\u0000b\r\nc\u202Ed\u2028e")).hasToString("user:a_b__c_d_e");
        assertThat(Actor.user("\uD83D\uDE80".repeat(400)).name()).isEqualTo("\uD83D\uDE80".repeat(300));
    }

    @Test
    void isRefusedWhenItNamesNobody() {
        assertThatThrownBy(() -> Actor.user(" ")).isInstanceOf(IllegalArgumentException.class);
        for (String nobody : List.of("", "ada", ":ada", "whim:ada", "user:", "USER:ada")) {
            assertThatThrownBy(() -> Actor.of(nobody)).as(nobody).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
