package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.definition.RequestSchema.ParameterSchema;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.template.RequestParameter;
import dev.bes.orchestrator.text.DurationWords;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import dev.bes.orchestrator.trigger.schedule.Schedules;
import dev.bes.orchestrator.web.format.Formats;
import dev.bes.orchestrator.web.format.ScheduleWords;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A definition as a page shows it.
 *
 * @param name its name
 * @param description one line for people
 * @param endpoint name of its endpoint
 * @param priority its share of an endpoint on which several definitions wait
 * @param inputs its inputs
 * @param fields the parameters that a request may bring
 * @param schedules calendar times
 * @param folders drop folders
 * @param containers containers of blob stores whose blobs become runs
 * @param sharing how its scorings share remote jobs; null if each has its own
 * @param shadow the endpoint that its inputs are compared by, and how many of them; null if none are
 * @param key idempotency key of the next request by its form, so that a double click is one run
 * @param error why the last request by its form was refused
 */
record DefinitionCard(
        String name,
        String description,
        String endpoint,
        int priority,
        List<InputField> inputs,
        List<Field> fields,
        List<Times> schedules,
        List<DropFolder> folders,
        List<DropContainer> containers,
        @Nullable String sharing,
        @Nullable ShadowOf shadow,
        String key,
        @Nullable String error) {
    private static final int FIRES = 3;
    private static final ScheduleWords WORDS = new ScheduleWords();
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * An input.
     *
     * @param name its name
     * @param from what feeds it without a file
     * @param columns columns that the header must have
     */
    record InputField(String name, @Nullable String from, String columns) {}

    /**
     * A parameter.
     *
     * @param name its name
     * @param fallback what is taken without it
     * @param value what was typed in last
     * @param schema what its values may be; null if they may be any text
     */
    record Field(
            String name,
            @Nullable String fallback,
            @Nullable String value,
            @Nullable ParameterSchema schema) {

        /** The values to choose from; empty if it is typed in. */
        public List<String> choices() {
            if (schema == null) {
                return List.of();
            }
            return schema.type() == ParameterSchema.Type.BOOLEAN ? List.of("true", "false") : schema.values();
        }

        /** Whether the form is not sent without it. */
        public boolean required() {
            return schema != null && fallback == null;
        }

        /** The type of the field in HTML. */
        public String input() {
            return schema != null && (schema.minimum() != null || schema.type() != ParameterSchema.Type.STRING)
                    ? "number"
                    : "text";
        }

        /** The step of a number in HTML; null if it is no number. */
        public @Nullable String step() {
            return input().equals("text") || schema == null
                    ? null
                    : schema.type() == ParameterSchema.Type.INTEGER ? "1" : "any";
        }
    }

    /**
     * A calendar time.
     *
     * @param name its name
     * @param words the expression in words; null where no words are true
     * @param cron the expression
     * @param zone its time zone
     * @param next when it fires next; empty when it is over
     * @param paused why it is paused, and who paused it; null if it fires
     */
    record Times(
            String name,
            @Nullable String words,
            String cron,
            String zone,
            List<Fire> next,
            @Nullable Paused paused) {}

    /**
     * The pause of a schedule.
     *
     * @param reason why
     * @param actor who paused it
     * @param since since when
     */
    record Paused(String reason, String actor, Fire since) {}

    /**
     * A time at which a schedule fires.
     *
     * @param iso for programs
     * @param local in the zone of the schedule
     * @param utc in UTC
     */
    record Fire(String iso, String local, String utc) {}

    /**
     * The endpoint of its shadows.
     *
     * @param endpoint its name
     * @param share how many scorings it scores, too
     */
    record ShadowOf(String endpoint, String share) {}

    /**
     * What came of the last request by a form.
     *
     * @param definition the definition of the form
     * @param values what was typed in
     * @param error why it was refused
     */
    record Refused(String definition, Map<String, String> values, String error) {}

    static DefinitionCard of(
            Definition definition, Schedules schedules, Map<ScheduleKey, Pause> pauses, @Nullable Refused refused) {
        Refused mine = refused != null && refused.definition().equals(definition.name()) ? refused : null;
        Map<String, String> values = mine == null ? Map.of() : mine.values();
        return new DefinitionCard(
                definition.name(),
                definition.description(),
                definition.endpoint(),
                definition.priority(),
                definition.inputs().entrySet().stream()
                        .map(input -> new InputField(
                                input.getKey(),
                                input.getValue().from(),
                                String.join(", ", input.getValue().columns())))
                        .toList(),
                RequestParameter.of(definition).stream()
                        .map(p -> new Field(p.name(), p.fallback(), values.get(p.name()), p.schema()))
                        .toList(),
                definition.triggers().schedules().stream()
                        .map(s -> times(s, schedules, pauses.get(new ScheduleKey(definition.name(), s.name()))))
                        .toList(),
                definition.triggers().files(),
                definition.triggers().containers(),
                definition.fold() == null ? null : sharing(definition.fold()),
                definition.shadow() == null ? null : shadow(definition.shadow()),
                UUID.randomUUID().toString(),
                mine == null ? null : mine.error());
    }

    private static String sharing(Fold fold) {
        return "up to %s files with %s rows in all; the first one waits %s for others"
                .formatted(Formats.number(fold.files()), Formats.number(fold.rows()), DurationWords.of(fold.longest()));
    }

    private static ShadowOf shadow(Shadow shadow) {
        String share = BigDecimal.valueOf(shadow.share()).stripTrailingZeros().toPlainString();
        return new ShadowOf(
                shadow.endpoint(), shadow.share() < 100 ? share + " % of its scorings" : "all its scorings");
    }

    static Times times(Schedule schedule, Schedules schedules, @Nullable Pause pause) {
        List<Instant> next = schedules.next(schedule, FIRES);
        return new Times(
                schedule.name(),
                next.isEmpty() ? null : WORDS.of(schedule, next.getFirst()).orElse(null),
                schedule.expression(),
                schedule.zone().getId(),
                next.stream().map(time -> fire(time, schedule)).toList(),
                pause == null
                        ? null
                        : new Paused(VisibleText.of(pause.reason()), pause.actor(), fire(pause.since(), schedule)));
    }

    private static Fire fire(Instant time, Schedule schedule) {
        return new Fire(time.toString(), LOCAL.format(time.atZone(schedule.zone())), UTC.format(time));
    }
}
