package dev.bes.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The drawing of the legal moves is the code's own: when this fails, put the drawing that it prints into the page. */
class StateMachineDocTests {
    private static final ScoringState PLANNED = new ScoringState(Step.PLANNED, State.NOT_STARTED);
    private static final Path PAGE = Path.of("../docs/state-machine.md");

    @Test
    void isDrawnAsTheCodeHasIt() throws IOException {
        assertThat(Files.readString(PAGE)).contains(drawing());
    }

    private static String drawing() {
        StringBuilder drawing = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        for (ScoringState from : ScoringState.all()) {
            for (ScoringState to : ScoringState.all()) {
                if (!from.equals(to) && !to.equals(PLANNED) && from.mayFollowTo(to)) {
                    drawing.append("    %s --> %s%n".formatted(name(from), name(to)));
                }
            }
            if (!from.equals(PLANNED) && from.mayFollowTo(PLANNED)) {
                drawing.append("    %s --> PLANNED_NotStarted: next attempt%n".formatted(name(from)));
            }
        }
        return drawing.append("```\n").toString();
    }

    private static String name(ScoringState scoringState) {
        return scoringState.step() + "_" + scoringState.state().word();
    }
}
