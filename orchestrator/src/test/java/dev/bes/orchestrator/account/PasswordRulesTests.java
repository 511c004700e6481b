package dev.bes.orchestrator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords are taken, and how they are kept. */
class PasswordRulesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "twelve chars",
                "copper kettle on a windy hill",
                "пароль из четырёх слов",
                "一二三四五六七八九十百千",
                "🐎🔋📎🐴🐂🐄🐖🐏🐑🐐🐪🐫",
                "all lower case and long"
            })
    void takesLengthOfAnyScriptWithoutRulesForSortsOfCharacters(String password) {
        assertThatCode(() -> PasswordRules.check("alice", password)).doesNotThrowAnyException();
        assertThatCode(() -> PasswordRules.check("alice", "é".repeat(60) + "abcdefgh".repeat(8)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eleven char",
                "aaaaaaaaaaaaaa",
                "password1234",
                "Password-2026!!",
                "123456789012",
                "qwertyuiopas",
                "alice.wonderland",
                "Alice.Wonderland",
                "alice.wonderland1",
                "administrator!",
                "ababababababab"
            })
    void refusesWhatIsShortOrGuessedFirst(String password) {
        assertThatThrownBy(() -> PasswordRules.check("alice.wonderland", password))
                .isInstanceOf(AccountRefusedException.class);
        assertThatThrownBy(() -> PasswordRules.check("alice", "abc def ".repeat(17)))
                .as("136 characters")
                .isInstanceOf(AccountRefusedException.class);
    }

    @Test
    void takesAsLongForAnUnknownUser() {
        Passwords passwords = new Passwords();
        String hash = passwords.hash("a password of alice");
        long known = processorTime(() -> passwords.matches("wrong", hash));
        long unknown = processorTime(() -> passwords.matches("wrong", null));

        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    /** Processor time, which other processes do not lengthen: the least of some. */
    private static long processorTime(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return IntStream.range(0, 5)
                .mapToLong(i -> {
                    long start = threads.getCurrentThreadCpuTime();
                    work.run();
                    return threads.getCurrentThreadCpuTime() - start;
                })
                .min()
                .orElseThrow();
    }

    @Test
    void hashesEveryCharacterOfALongPasswordAndNoPasswordTwiceAlike() {
        Passwords passwords = new Passwords();
        String password = "a".repeat(100) + "b";
        String hash = passwords.hash(password);

        assertThat(hash).startsWith("{bcrypt-sha256}$2").isNotEqualTo(passwords.hash(password));
        assertThat(passwords.matches(password, hash)).isTrue();
        assertThat(passwords.matches("a".repeat(100) + "c", hash)).isFalse();
        assertThat(passwords.matches(password, null)).isFalse();
        assertThat(passwords.matches("e\u0301".repeat(12), passwords.hash("é".repeat(12))))
                .as("the same letters from another keyboard")
                .isTrue();
        assertThat(passwords.oneTime()).matches("([a-z2-9]{5}-){4}[a-z2-9]{5}").isNotEqualTo(passwords.oneTime());
    }
}
