package dev.bes.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How good a model with two classes is on reports that it was not trained with.
 *
 * @param trained number of reports that it was trained with
 * @param scored those held out, with their probabilities of damage
 */
record Evaluation(int trained, List<Scored> scored) {

    /** A report with its probability of damage. */
    record Scored(double probability, boolean damage) {}

    /** The figures as a table of Markdown. */
    String table() {
        return String.format(
                Locale.ROOT,
                """
                | figure, on the reports held out | value |
                |---|---|
                | reports trained with | %,d |
                | reports held out | %,d |
                | of these, share with damage | %.1f %% |
                | accuracy of the label | %.1f %% |
                | accuracy of always saying `none` | %.1f %% |
                | area under the ROC curve (AUC) | %.3f |
                | share with damage among the tenth with the highest probabilities | %.1f %% |
                | share of all damage in that tenth | %.1f %% |
                """,
                trained,
                scored.size(),
                100 * share(scored),
                100 * accuracy(),
                100 * (1 - share(scored)),
                auc(),
                100 * share(highestTenth()),
                100 * damaged(highestTenth()) / damaged(scored));
    }

    /** The share of reports whose more probable class is the true one. */
    double accuracy() {
        return (double) scored.stream()
                        .filter(it -> it.probability() > 0.5 == it.damage())
                        .count()
                / scored.size();
    }

    /** The probability that a report with damage gets a higher score than one without; equal scores count half. */
    double auc() {
        List<Scored> ascending = new ArrayList<>(scored);
        ascending.sort(Comparator.comparingDouble(Scored::probability));
        double ranks = 0;
        for (int from = 0; from < ascending.size(); ) {
            int to = from;
            double damaged = 0;
            while (to < ascending.size()
                    && ascending.get(to).probability() == ascending.get(from).probability()) {
                damaged += ascending.get(to).damage() ? 1 : 0;
                to++;
            }
            // equal scores share the mean of their ranks, which count from 1
            ranks += damaged * (from + 1 + to) / 2;
            from = to;
        }
        double positives = damaged(scored);
        double negatives = scored.size() - positives;
        return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    }

    private List<Scored> highestTenth() {
        return scored.stream()
                .sorted(Comparator.comparingDouble(Scored::probability).reversed())
                .limit(scored.size() / 10)
                .toList();
    }

    private static double share(List<Scored> reports) {
        return damaged(reports) / reports.size();
    }

    private static double damaged(List<Scored> reports) {
        return reports.stream().filter(Scored::damage).count();
    }
}
