import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cloudsimplus.brokers.DatacenterBroker;
import org.cloudsimplus.brokers.DatacenterBrokerSimple;
import org.cloudsimplus.cloudlets.Cloudlet;
import org.cloudsimplus.cloudlets.CloudletSimple;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.datacenters.DatacenterSimple;
import org.cloudsimplus.hosts.Host;
import org.cloudsimplus.hosts.HostSimple;
import org.cloudsimplus.resources.Pe;
import org.cloudsimplus.resources.PeSimple;
import org.cloudsimplus.schedulers.cloudlet.CloudletSchedulerSpaceShared;
import org.cloudsimplus.utilizationmodels.UtilizationModelFull;
import org.cloudsimplus.vms.Vm;
import org.cloudsimplus.vms.VmSimple;
import org.slf4j.LoggerFactory;

/**
 * Replays a requests CSV (arrival_s,prompt_tokens,output_tokens) on CloudSim Plus: {@code CloudSimPlusReplay FILE
 * REQUESTS ROUNDS}. Eight machines with a slot for each of 256 requests; a request is one job that holds a slot for as
 * long as its tokens take at a fixed pace. No batching, no KV memory, no tokens, no latency distribution: less work a
 * request than a serving simulator has.
 */
public final class CloudSimPlusReplay {

    private static final int MACHINES = 8;
    private static final int SLOTS = 256;
    private static final int SPEED = 1000;
    private static final double PROMPT_TOKENS_PER_SECOND = 20_000;
    private static final double OUTPUT_TOKENS_PER_SECOND = 50;

    private CloudSimPlusReplay() {}

    public static void main(String[] arguments) throws IOException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        int requests = Integer.parseInt(arguments[1]);
        List<String> lines = Files.readAllLines(Path.of(arguments[0]));
        for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int finished = replay(lines.subList(1, Math.min(lines.size(), requests + 1)));
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "%d %.6f%n", finished, seconds);
        }
    }

    private static int replay(List<String> lines) {
        CloudSimPlus simulation = new CloudSimPlus();
        List<Host> hosts = new ArrayList<>();
        List<Vm> machines = new ArrayList<>();
        for (int machine = 0; machine < MACHINES; machine++) {
            List<Pe> slots = new ArrayList<>();
            for (int slot = 0; slot < SLOTS; slot++) {
                slots.add(new PeSimple(SPEED));
            }
            hosts.add(new HostSimple(1 << 20, 1 << 20, 1 << 20, slots));
            machines.add(new VmSimple(SPEED, SLOTS, new CloudletSchedulerSpaceShared())
                    .setRam(1 << 10)
                    .setBw(1 << 10)
                    .setSize(1 << 10));
        }
        new DatacenterSimple(simulation, hosts);
        DatacenterBroker broker = new DatacenterBrokerSimple(simulation);
        // A pause between requests must not end the machines.
        broker.setVmDestructionDelay(1e9);
        broker.submitVmList(machines);
        List<Cloudlet> jobs = new ArrayList<>(lines.size());
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            double seconds = Integer.parseInt(fields[1]) / PROMPT_TOKENS_PER_SECOND
                    + Integer.parseInt(fields[2]) / OUTPUT_TOKENS_PER_SECOND;
            Cloudlet job = new CloudletSimple(Math.max(1, Math.round(seconds * SPEED)), 1);
            job.setUtilizationModelCpu(new UtilizationModelFull());
            job.setSubmissionDelay(Double.parseDouble(fields[0]));
            jobs.add(job);
        }
        broker.submitCloudletList(jobs);
        simulation.start();
        return broker.getCloudletFinishedList().size();
    }
}
