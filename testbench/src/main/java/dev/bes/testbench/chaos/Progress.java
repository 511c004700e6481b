package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.Database.Standing;
import java.sql.SQLException;
import java.time.Duration;

/** One line that says how far a run has come. */
record Progress(Database database, Trouble trouble, Tally mischiefs, Duration length) {

    String line(Duration passed) {
        return "%s of %s  %s  %d mischiefs so far, now: %s"
                .formatted(
                        minutes(passed), minutes(length), runs(), mischiefs.total(), String.join(", ", trouble.now()));
    }

    private String runs() {
        try {
            Standing standing = database.standing();
            return "%d runs, %d live".formatted(standing.runs(), standing.live());
        } catch (SQLException e) {
            return "the database is away";
        }
    }

    private static String minutes(Duration time) {
        return "%02d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
