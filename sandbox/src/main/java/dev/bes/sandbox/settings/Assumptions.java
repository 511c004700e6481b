package dev.bes.sandbox.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers that no source documents for the real services. A client must work with each of them. The page
 * {@code docs/assumptions.md} lists them.
 */
public final class Assumptions {

    /** The answers that are safe to assume. */
    public static final Assumptions SAFE = new Assumptions(Map.of(), Times.DEFAULT);

    private static final Map<String, Class<?>> QUESTIONS = Stream.of(
                    JobAnswer.class, RequestAnswer.class, ReplyAnswer.class, EndpointAnswer.class)
            .flatMap(group -> Arrays.stream(group.getPermittedSubclasses()))
            .collect(Collectors.toMap(Assumptions::name, question -> question, (a, b) -> a, LinkedHashMap::new));

    private final Map<Class<?>, Answer> answers;
    private final Times times;

    private Assumptions(Map<Class<?>, Answer> answers, Times times) {
        this.answers = answers;
        this.times = times;
    }

    /** The answer to a question. */
    public <A extends Enum<A> & Answer> A answer(Class<A> question) {
        Answer answer = answers.get(question);
        return answer == null ? question.getEnumConstants()[0] : question.cast(answer);
    }

    /** Whether this is the answer to its question. */
    public <A extends Enum<A> & Answer> boolean has(A answer) {
        return answer(answer.getDeclaringClass()) == answer;
    }

    /** With another answer to its question. */
    public <A extends Enum<A> & Answer> Assumptions with(A answer) {
        return with(answer.getDeclaringClass(), answer);
    }

    /** Time from the status Finished until the output is visible. */
    public Duration outputDelay() {
        return times.outputDelay;
    }

    /** Time after its last change in which a job that is not under way is known; null for ever. */
    public @Nullable Duration retention() {
        return times.retention;
    }

    /** How far back the links under Results begin to hold. */
    public Duration linkBackDating() {
        return times.linkBackDating;
    }

    /** Time from the status call until its links expire. */
    public Duration linkLifetime() {
        return times.linkLifetime;
    }

    /** With outputs that are visible this long after the status Finished. */
    public Assumptions withOutputDelay(Duration delay) {
        return with(new Times(delay, times.retention, times.linkBackDating, times.linkLifetime));
    }

    /** With jobs that are forgotten this long after their last change; null for never. */
    public Assumptions withRetention(@Nullable Duration time) {
        return with(new Times(times.outputDelay, time, times.linkBackDating, times.linkLifetime));
    }

    /** With links that hold from so long before the status call until so long after it. */
    public Assumptions withLinks(Duration backDating, Duration lifetime) {
        return with(new Times(times.outputDelay, times.retention, backDating, lifetime));
    }

    /** All answers by the names of their switches, as the control API shows them; times in ISO 8601. */
    public Map<String, @Nullable String> asMap() {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        QUESTIONS.forEach((name, question) -> all.put(name, given(question).text()));
        all.put("outputDelay", times.outputDelay.toString());
        all.put("retention", Objects.toString(times.retention, null));
        all.put("linkBackDating", times.linkBackDating.toString());
        all.put("linkLifetime", times.linkLifetime.toString());
        return all;
    }

    /**
     * With other answers to the questions that are named.
     *
     * @param changes answers by the names of their switches; retention may be null
     * @throws IllegalArgumentException when a name or an answer is none; the message says which there are
     */
    public Assumptions with(Map<String, ?> changes) {
        Assumptions changed = this;
        for (Map.Entry<String, ?> change : changes.entrySet()) {
            changed = changed.with(change.getKey(), change.getValue());
        }
        return changed;
    }

    private Assumptions with(String name, @Nullable Object value) {
        Class<?> question = QUESTIONS.get(name);
        if (question != null) {
            return with(question, read(question, value));
        }
        return switch (name) {
            case "outputDelay" -> withOutputDelay(time(name, value));
            case "retention" -> withRetention(value == null ? null : time(name, value));
            case "linkBackDating" -> withLinks(time(name, value), times.linkLifetime);
            case "linkLifetime" -> withLinks(times.linkBackDating, time(name, value));
            default ->
                throw new IllegalArgumentException(
                        "There is no assumption of that name. There are: " + String.join(", ", asMap().keySet()));
        };
    }

    private Assumptions with(Class<?> question, Answer answer) {
        Map<Class<?>, Answer> more = new LinkedHashMap<>(answers);
        more.put(question, answer);
        return new Assumptions(Map.copyOf(more), times);
    }

    private Assumptions with(Times others) {
        return new Assumptions(answers, others);
    }

    private Answer given(Class<?> question) {
        Answer answer = answers.get(question);
        return answer == null ? answersTo(question).getFirst() : answer;
    }

    private static Answer read(Class<?> question, @Nullable Object value) {
        return answersTo(question).stream()
                .filter(answer -> answer.text().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name(question) + " is one of "
                        + answersTo(question).stream().map(Answer::text).collect(Collectors.joining(", "))));
    }

    private static List<Answer> answersTo(Class<?> question) {
        return Arrays.stream(question.getEnumConstants())
                .map(Answer.class::cast)
                .toList();
    }

    private static Duration time(String name, @Nullable Object value) {
        try {
            return Duration.parse(String.valueOf(value));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is a time such as PT30S or PT24H", e);
        }
    }

    private static String name(Class<?> question) {
        String name = question.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private record Times(
            Duration outputDelay, @Nullable Duration retention, Duration linkBackDating, Duration linkLifetime) {

        static final Times DEFAULT = new Times(Duration.ZERO, null, Duration.ofMinutes(5), Duration.ofHours(24));

        Times {
            boolean negative =
                    Stream.of(outputDelay, linkBackDating, linkLifetime).anyMatch(Duration::isNegative);
            if (negative || (retention != null && retention.isNegative())) {
                throw new IllegalArgumentException("The times of outputs, retention and links must be >= 0");
            }
        }
    }
}
