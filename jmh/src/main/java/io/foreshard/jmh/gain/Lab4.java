package io.foreshard.jmh.gain;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.transport.*;
import java.time.Duration;
import java.util.*;
public final class Lab4 {
    public static void main(String[] a){
        double c=2.5e6; int secs=Integer.getInteger("secs",120); String fc=System.getProperty("fc","none");
        int rtt=Integer.parseInt(a[0]); double low=Double.parseDouble(a[1]),period=Double.parseDouble(a[2]),lowS=Double.parseDouble(a[3]),share=Double.parseDouble(a[4]); long seed=Long.parseLong(a[5]);
        double from=Double.parseDouble(a[6]),to=Double.parseDouble(a[7]);
        CapacityTrace tr=lowS==0?Lab.sine(c,low,period,40):Lab.square(c,low,period,lowS); double mean=lowS==0?c*(low+(1-low)/2):c*(1-lowS/period*(1-low));
        var load=new GainRun.Load(tr,Duration.ofMillis(rtt),(long)(c*rtt/1e3),20000,mean*share/20000,Duration.ofSeconds(secs));
        double[] last={0,0};
        var b=TransportConfig.builder().outlookListener((r,o,obs)->{last[0]=obs;last[1]=o.bandwidthBytesPerSecond();}); if(!fc.equals("none")) b.forecaster(fc,Map.of("non-negative","true"));
        GainRun.watch=(sim,session)->{ double t=sim.nowNanos()/1e9; if(t>from&&t<to){ var s=session.stats(); System.out.printf("%.2f cap %.0f obs %.0f pred %.0f | rate %.0f win %d inflight %d rtt %.0f min %.0f pend %d lost %d rep %d%n",t,tr.bytesPerSecondAt(sim.nowNanos())/1e3,last[0]/1e3,last[1]/1e3,s.rateBytesPerSecond()/1e3,s.windowBytes(),s.inFlightBytes(),s.smoothedRttNanos()/1e6,s.minRttNanos()/1e6,s.pendingBytes(),s.lostPackets(),s.repairedPackets()); } };
        double[] m=GainRun.completionMillis(load,b.build(),seed);
        m=Arrays.copyOfRange(m,m.length/2,m.length);
        System.out.printf("p50 %.0f p90 %.0f p99 %.0f%n",Lab.p(m,.5),Lab.p(m,.9),Lab.p(m,.99));
    }
}
