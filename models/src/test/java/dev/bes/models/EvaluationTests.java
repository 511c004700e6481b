package dev.bes.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.models.Evaluation.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTests {

    private static Evaluation of(Scored... scored) {
        return new Evaluation(0, List.of(scored));
    }

    @Test
    void countsTheShareOfPairsInTheRightOrder() {
        Evaluation evaluation =
                of(new Scored(0.9, true), new Scored(0.8, false), new Scored(0.7, true), new Scored(0.1, false));

        assertThat(evaluation.auc()).isEqualTo(0.75);
    }

    @Test
    void countsEqualScoresHalf() {
        assertThat(of(new Scored(0.5, true), new Scored(0.5, false)).auc()).isEqualTo(0.5);
    }

    @Test
    void countsRightLabels() {
        assertThat(of(new Scored(0.9, true), new Scored(0.4, true), new Scored(0.2, false), new Scored(0.6, false))
                        .accuracy())
                .isEqualTo(0.5);
    }
}
