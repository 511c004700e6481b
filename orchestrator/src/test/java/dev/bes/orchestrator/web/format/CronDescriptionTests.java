package dev.bes.orchestrator.web.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words are shown where they are true, and nowhere else. */
class CronDescriptionTests {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static Optional<String> words(String cron) {
        return new CronDescription().of(cron, NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 2 * * ?             | at 02:00
            0 30 6 ? * 1-5          | at 06:30 every day between Sunday and Thursday
            0 30 6 ? * MON-FRI      | at 06:30 every day between Monday and Friday
            0 30 6 ? * 6-2          | at 06:30 every day between Friday and Monday
            0 0 6 ? * MON,WED,FRI   | at 06:00 at Monday, Wednesday and Friday days
            0 0 6 ? * 6#3           | at 06:00 Friday 3 of every month
            0 0 6 ? * 6L            | at 06:00 last Friday of every month
            0 0 6 LW * ?            | at 06:00 last weekday of month
            0 0 6 L * ?             | at 06:00 last day of month
            0 0 6 ? * 1             | at 06:00 at Sunday day
            * * * * * ?             | every second
            0 0/5 * * * ?           | every 5 minutes
            0 5/15 * ? * *          | every 15 minutes
            0 0 6 1 1/3 ?           | at 06:00 at 1 day every 3 months
            """)
    void saysWhatIsTrue(String cron, String words) {
        assertThat(words(cron)).contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 6 ? * L", // Saturday for Quartz, the last Sunday of the month in words
                "0 0 6 L-3W * ?", // unknown to the other library
                "0 0 6 ? * THURL",
                "0 0 12 15 * ? 2150",
                "0 0 12 30 2 ?",
                "0 0 12 1 1 ? 2025",
                "0 0 22-2 * * ?", // over midnight
                "0 0 6 ? 11-2 MON",
                "0 0 6 ? * 2/2", // "every Monday"
                "0 0 6 ? * */2",
                "0 0 6 ? * 2-6/2",
                "0 0 0/7 * * ?", // three hours at midnight
                "0 0/7 * * * ?",
                "0 30/15 * * * ?",
                "0 0 6 1/10 * ?", // begins anew with each month
                "0 0 6 1 1 ? 2026/3",
                "0 0 6 ? * 9",
                "nonsense",
                ""
            })
    void saysNothingWhereTheWordsWouldNotBeTrue(String cron) {
        assertThat(words(cron)).isEmpty();
    }
}
