package io.foreshard.jmh.gain;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.transport.*;
import java.time.Duration;
import java.util.*;
public final class Lab {
    static double p(double[] v,double q){double[] s=Arrays.stream(v).filter(x->!Double.isNaN(x)).sorted().toArray();return s.length==0?Double.NaN:s[(int)(q*(s.length-1))];}
    static CapacityTrace square(double c,double low,double periodS,double lowS){
        List<CapacityTrace.Step> st=new ArrayList<>(); long P=(long)(periodS*1e9);
        return new CapacityTrace(List.of(new CapacityTrace.Step(0,c),new CapacityTrace.Step((long)((periodS-lowS)*1e9),c*low)),P);
    }

    static CapacityTrace sine(double c,double low,double periodS,int steps){
        double[] v=new double[steps]; for(int i=0;i<steps;i++) v[i]=c*(low+(1-low)*(.5-.5*Math.cos(2*Math.PI*i/steps))); 
        return CapacityTrace.repeated(Duration.ofNanos((long)(periodS*1e9/steps)),v);
    }
    static double[] ideal(GainRun.Load load,long seed){
        Random r=new Random(seed); int n=(int)(load.messagesPerSecond()*load.length().toMillis()/1e3); double[] out=new double[n];
        double t=load.roundTrip().toNanos(); long free=0; double over=1.05;
        for(int i=0;i<n;i++){ t+=-Math.log(1-r.nextDouble())/load.messagesPerSecond()*1e9; long st=Math.max(free,(long)t); free=load.capacity().finishNanos(st,(long)(load.messageBytes()*over)); out[i]=(free-t)/1e6+load.roundTrip().toNanos()/2e6; }
        return out;
    }
    static double[] tail(double[] m){return Arrays.copyOfRange(m,m.length/3,m.length);}
    public static void main(String[] a){
        double c=2.5e6;
        String[][] cases={
          {"square","0.1","4","1.5"},{"square","0.1","5","4"},{"square","0.2","4","2"},{"square","0.3","4","2"},{"square","0","5","0.3"},{"square","0","5","0.6"},{"square","0.02","5","1"},{"square","0","10","1"},
          {"sine","0.05","4",""},{"sine","0.05","8",""},{"sine","0.05","16",""}};
        for(int rtt:new int[]{40,100,200}) for(String[] k:cases) for(double share:new double[]{.3,.6}){
            CapacityTrace tr=k[0].equals("square")?square(c,Double.parseDouble(k[1]),Double.parseDouble(k[2]),Double.parseDouble(k[3])):sine(c,Double.parseDouble(k[1]),Double.parseDouble(k[2]),40);
            double mean=0; for(int i=0;i<1000;i++) mean+=tr.bytesPerSecondAt((long)(i*Double.parseDouble(k[2])*1e6))/1000;
            var load=new GainRun.Load(tr,Duration.ofMillis(rtt),(long)(c*rtt/1e3),20000,mean*share/20000,Duration.ofSeconds(60));
            double[] m=tail(GainRun.completionMillis(load,TransportConfig.builder().build(),1)); double[] id=tail(ideal(load,1));
            System.out.printf("rtt %d %s load %.1f: p50 %.0f p90 %.0f p99 %.0f | ideal p50 %.0f p90 %.0f p99 %.0f | ratio p99 %.2f%n",rtt,String.join(" ",k),share,p(m,.5),p(m,.9),p(m,.99),p(id,.5),p(id,.9),p(id,.99),p(id,.99)/p(m,.99));
        }
    }
}
