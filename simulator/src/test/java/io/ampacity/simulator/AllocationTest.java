package io.ampacity.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ampacity.scenario.ServiceLevelObjective;
import io.ampacity.simulator.fleet.Fleet;
import io.ampacity.simulator.replica.EngineSettings;
import io.ampacity.traces.Repeated;
import io.ampacity.traces.RequestList;
import io.ampacity.units.TimeSpan;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AllocationTest {

    /**
     * Ten times the requests may cost arrays that grow to a new high and what a round of the repeated trace takes. An
     * object for a request would cost 16 bytes at least; less than one byte a request says there is none.
     */
    @Test
    void theLoopAllocatesNothingForARequestHoweverLongTheTrace() {
        long shorter = allocated(20);
        long longer = allocated(200);
        assertThat(longer - shorter).as("bytes for 1,800,000 requests more").isLessThan(1_800_000);
    }

    private static long allocated(int rounds) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Fleet fleet = Fleet.onePool(
                AffineModel.typical(),
                4,
                EngineSettings.LARGE,
                new ServiceLevelObjective(new TimeSpan(1), new TimeSpan(0.05), 0.95));
        Repeated source = new Repeated(trace().source(), rounds);
        Simulation simulation = Simulation.of(fleet);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(simulation.run(source).requests().completed()).isEqualTo(10_000L * rounds);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static RequestList trace() {
        SplittableRandom random = new SplittableRandom(5);
        RequestList list = new RequestList(64);
        double now = 0;
        for (int i = 0; i < 10_000; i++) {
            now += -Math.log(1 - random.nextDouble()) / 60;
            int prompt = 64 + random.nextInt(1500);
            list.add(now, prompt, 1 + random.nextInt(300), -1, random.nextInt(20), 100 + random.nextInt(50));
        }
        return list;
    }
}
