package dev.bes.sandbox.bes;

/** Settings of the service that can change while jobs run. */
public final class RuntimeSettings {

    private volatile ServiceTime serviceTime;
    private volatile Assumptions assumptions;

    /** The first settings. */
    public RuntimeSettings(ServiceTime serviceTime, Assumptions assumptions) {
        this.serviceTime = serviceTime;
        this.assumptions = assumptions;
    }

    /** How long jobs run. */
    public ServiceTime serviceTime() {
        return serviceTime;
    }

    /** Sets how long jobs that begin from now on run. */
    public void serviceTime(ServiceTime time) {
        serviceTime = time;
    }

    /** How the service answers what no source tells. */
    public Assumptions assumptions() {
        return assumptions;
    }

    /** Sets how the service answers from now on. */
    public void assumptions(Assumptions answers) {
        assumptions = answers;
    }
}
