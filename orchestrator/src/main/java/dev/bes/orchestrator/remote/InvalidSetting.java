package dev.bes.orchestrator.remote;

/** A setting that the service can't start with; the message starts with its name and holds no secret. */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with a setting. */
    public InvalidSetting(String setting, String message) {
        super(setting + " " + message);
    }
}
