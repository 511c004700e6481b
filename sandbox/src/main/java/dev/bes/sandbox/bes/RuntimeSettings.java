package dev.bes.sandbox.bes;

/** Settings of the service that can change while jobs run. */
public final class RuntimeSettings {

    private volatile ServiceTime serviceTime;
    private volatile Assumptions assumptions;

    /** Creates the initial settings. */
    public RuntimeSettings(ServiceTime serviceTime, Assumptions assumptions) {
        this.serviceTime = serviceTime;
        this.assumptions = assumptions;
    }

    /** The service time of jobs. */
    public ServiceTime serviceTime() {
        return serviceTime;
    }

    /** Sets the service time of jobs that begin from now on. */
    public void serviceTime(ServiceTime time) {
        serviceTime = time;
    }

    /** The answers of the service where no source documents them. */
    public Assumptions assumptions() {
        return assumptions;
    }

    /** Sets how the service answers from now on. */
    public void assumptions(Assumptions answers) {
        assumptions = answers;
    }
}
