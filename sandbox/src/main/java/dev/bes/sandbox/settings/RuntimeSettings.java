package dev.bes.sandbox.settings;

/** Settings of the service that can change while jobs run. */
public final class RuntimeSettings {

    private volatile ServiceTime serviceTime;
    private volatile Assumptions assumptions;
    private volatile RrsCapacity rrsCapacity;
    private volatile BatchEndpointSettings batchEndpoints;

    /** Creates the initial settings. */
    public RuntimeSettings(
            ServiceTime serviceTime,
            Assumptions assumptions,
            RrsCapacity rrsCapacity,
            BatchEndpointSettings batchEndpoints) {
        this.serviceTime = serviceTime;
        this.assumptions = assumptions;
        this.rrsCapacity = rrsCapacity;
        this.batchEndpoints = batchEndpoints;
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

    /** How many calls the Request/Response Service takes at a time. */
    public RrsCapacity rrsCapacity() {
        return rrsCapacity;
    }

    /** Sets how many calls it takes from now on; another value lets containers initialize anew. */
    public void rrsCapacity(RrsCapacity capacity) {
        rrsCapacity = capacity;
    }

    /** What the batch endpoints do. */
    public BatchEndpointSettings batchEndpoints() {
        return batchEndpoints;
    }

    /** Sets what the batch endpoints do from now on. */
    public synchronized void batchEndpoints(BatchEndpointSettings wanted) {
        batchEndpoints = wanted;
    }

    /** Whether a fault of the batch endpoints happens now; if so, it happens once less from now on. */
    public synchronized boolean take(NextFaults.Fault fault) {
        int left = batchEndpoints.next().left(fault);
        if (left > 0) {
            batchEndpoints = batchEndpoints.withNext(fault, left - 1);
        }
        return left > 0;
    }
}
