package dev.bes.orchestrator.remote;

/** A setting with which the service cannot start. The message starts with the name of the setting and holds no secret. */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * A missing or wrong setting.
     *
     * @param message continues the sentence that starts with the name of the setting
     */
    public InvalidSetting(String setting, String message) {
        super(setting + " " + message);
    }
}
