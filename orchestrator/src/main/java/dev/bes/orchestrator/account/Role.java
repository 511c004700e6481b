package dev.bes.orchestrator.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may do. Each role includes the ones before it. */
public enum Role {
    /** Sees runs, definitions and what needs attention; downloads outputs. */
    VIEWER,
    /** Starts, cancels and resumes runs. */
    OPERATOR,
    /** Decides who may do what. */
    ADMIN;

    /** The name in settings, rows and answers: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no role; the roles are: %s"
                        .formatted(word, Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", ")))));
    }

    /** Whether this role includes the other one. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
