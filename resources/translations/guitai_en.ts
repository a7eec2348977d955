<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AddressField</name>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message numerus="yes">
        <source>PIN 不对，还可试 %n 次</source>
        <translation>
            <numerusform>Wrong PIN, %n try left</numerusform>
            <numerusform>Wrong PIN, %n tries left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>PIN 错得太多，请 %n 秒后再试</source>
        <translation>
            <numerusform>Too many wrong PINs, try again in %n second</numerusform>
            <numerusform>Too many wrong PINs, try again in %n seconds</numerusform>
        </translation>
    </message>
    <message>
        <source>没有核对成，请再试一次</source>
        <translation>The PIN could not be checked, please try again</translation>
    </message>
</context>
<context>
    <name>AttachPanel</name>
    <message>
        <source>手机号、后四位、姓名、会员号</source>
        <translation>Phone, last four, name, member number</translation>
    </message>
    <message>
        <source>查找会员</source>
        <translation>Find a member</translation>
    </message>
</context>
<context>
    <name>AttachViewModel</name>
    <message>
        <source>补会员 {amount}</source>
        <translation>Add member to {amount}</translation>
    </message>
    <message>
        <source>请选一位会员</source>
        <translation>Choose a member</translation>
    </message>
    <message>
        <source>补给 {who}</source>
        <translation>Give it to {who}</translation>
    </message>
    <message>
        <source>没有找到会员</source>
        <translation>No member found</translation>
    </message>
    <message>
        <source>输入手机号、后四位或姓名，或扫会员码</source>
        <translation>Type a phone, its last four digits or a name, or scan a member code</translation>
    </message>
    <message>
        <source>已补给 {name}，获得 {points} 分，可用 {balance} 分</source>
        <translation>Now {name}&apos;s: {points} points earned, {balance} available</translation>
    </message>
</context>
<context>
    <name>BankCard</name>
    <message>
        <source>银行卡大小的框</source>
        <translation>A frame as large as a bank card</translation>
    </message>
    <message>
        <source>把银行卡贴在这里
85.6 × 54 毫米</source>
        <translation>Hold a bank card here
85.6 × 54 mm</translation>
    </message>
</context>
<context>
    <name>CalibrationPanel</name>
    <message>
        <source>试扫码</source>
        <translation>Code to scan</translation>
    </message>
</context>
<context>
    <name>Cash</name>
    <message>
        <source>放入</source>
        <translation>Put in</translation>
    </message>
    <message>
        <source>取出</source>
        <translation>Take out</translation>
    </message>
    <message>
        <source>只开钱箱</source>
        <translation>Only open</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>补备用金</source>
        <translation>More float</translation>
    </message>
    <message>
        <source>换零钱</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>存银行</source>
        <translation>Bank deposit</translation>
    </message>
    <message>
        <source>交店长</source>
        <translation>To the manager</translation>
    </message>
    <message>
        <source>付货款</source>
        <translation>Pay a supplier</translation>
    </message>
    <message>
        <source>核对现金</source>
        <translation>Check the cash</translation>
    </message>
    <message>
        <source>放入现金</source>
        <translation>Cash put in</translation>
    </message>
    <message>
        <source>取出现金</source>
        <translation>Cash taken out</translation>
    </message>
    <message>
        <source>金额太大，请核对</source>
        <translation>Too large: check the amount</translation>
    </message>
    <message>
        <source>开班备用金</source>
        <translation>Opening float</translation>
    </message>
    <message>
        <source>本班放入</source>
        <translation>Put in this shift</translation>
    </message>
    <message>
        <source>本班取出</source>
        <translation>Taken out this shift</translation>
    </message>
    <message>
        <source>{count} 次</source>
        <translation>{count} times</translation>
    </message>
    <message>
        <source>抽屉应有现金</source>
        <translation>Cash due in the drawer</translation>
    </message>
    <message>
        <source>放入 {amount}，开钱箱</source>
        <translation>Put in {amount} and open</translation>
    </message>
    <message>
        <source>再按一次，取出 {amount}</source>
        <translation>Tap again to take out {amount}</translation>
    </message>
    <message>
        <source>取出 {amount}，开钱箱</source>
        <translation>Take out {amount} and open</translation>
    </message>
    <message>
        <source>开钱箱</source>
        <translation>Open the drawer</translation>
    </message>
    <message>
        <source>已记下：放入 {amount}</source>
        <translation>Recorded: {amount} put in</translation>
    </message>
    <message>
        <source>已记下：取出 {amount}</source>
        <translation>Recorded: {amount} taken out</translation>
    </message>
    <message>
        <source>已记下：开钱箱</source>
        <translation>Recorded: drawer opened</translation>
    </message>
    <message>
        <source>比抽屉里应有的现金还多，请核对后再按一次</source>
        <translation>More than should lie in the drawer. Check, then tap again</translation>
    </message>
    <message>
        <source>已记下，钱箱没有打开（连不上打印机）。请用钥匙打开</source>
        <translation>Recorded, but the drawer did not open (printer not reached). Open it with the key</translation>
    </message>
    <message>
        <source>没有开着的班次，先开班</source>
        <translation>No shift is open. Open one first</translation>
    </message>
</context>
<context>
    <name>CashScreen</name>
    <message>
        <source>存取现金</source>
        <translation>Cash in/out</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回班次（Esc）</source>
        <translation>Back to the shift (Esc)</translation>
    </message>
    <message>
        <source>先记下，再开钱箱；交班时算进应有现金</source>
        <translation>Recorded first, then the drawer opens; counted in the cash due at closing</translation>
    </message>
</context>
<context>
    <name>CashViewModel</name>
    <message>
        <source>请核对金额</source>
        <translation>Check the amount</translation>
    </message>
    <message>
        <source>请输入金额</source>
        <translation>Type the amount</translation>
    </message>
    <message>
        <source>请选原因</source>
        <translation>Choose a reason</translation>
    </message>
</context>
<context>
    <name>ChoosePage</name>
    <message>
        <source>选择文件</source>
        <translation>Choose a file</translation>
    </message>
    <message>
        <source>导入过的名单</source>
        <translation>Lists imported before</translation>
    </message>
    <message>
        <source>整批撤回</source>
        <translation>Take it all back</translation>
    </message>
</context>
<context>
    <name>CodeCard</name>
    <message>
        <source>会员码</source>
        <translation>Member code</translation>
    </message>
    <message>
        <source>让顾客拍照保存，下次出示即可</source>
        <translation>The customer photographs it and shows it next time</translation>
    </message>
</context>
<context>
    <name>CodePad</name>
    <message>
        <source>券码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>扫码或输入</source>
        <translation>Scan or type</translation>
    </message>
    <message>
        <source>券码或优惠码</source>
        <translation>Coupon or promotion</translation>
    </message>
    <message>
        <source>使用 {code}</source>
        <translation>Use {code}</translation>
    </message>
    <message>
        <source>请输入券码或优惠码</source>
        <translation>Type a coupon&apos;s or a promotion&apos;s code</translation>
    </message>
</context>
<context>
    <name>ColumnsPage</name>
    <message>
        <source>不导入</source>
        <translation>Leave out</translation>
    </message>
</context>
<context>
    <name>ConsentCard</name>
    <message>
        <source>同意接收优惠短信（单独同意，默认不勾）</source>
        <translation>Agrees to offers by text (optional)</translation>
    </message>
    <message>
        <source>未满 14 周岁：需监护人同意，转店长</source>
        <translation>Under 14: a guardian must agree, ask the manager</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>您已同意，请稍候。改主意可以再选</source>
        <translation>You agreed, one moment please. You may still change your mind</translation>
    </message>
    <message>
        <source>您选了不同意，不会登记。改主意可以再选</source>
        <translation>You said no, nothing is kept. You may still change your mind</translation>
    </message>
    <message>
        <source>只登记手机号，称呼和生日自愿。可以查看、更正、注销，随时对收银员说一声。</source>
        <translation>Only your phone is kept; title and birthday are up to you. See, correct or erase it any time: just tell the cashier.</translation>
    </message>
    <message>
        <source>愿意收优惠短信（可不选，不影响积分）</source>
        <translation>I want offers by message (optional, points are the same)</translation>
    </message>
    <message>
        <source>我同意</source>
        <translation>I agree</translation>
    </message>
    <message>
        <source>不同意</source>
        <translation>I do not agree</translation>
    </message>
</context>
<context>
    <name>Counter</name>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>扫码，或输入号码、拼音</source>
        <translation>Scan, number or pinyin</translation>
    </message>
    <message>
        <source>手机号 / 后四位</source>
        <translation>Phone / last four digits</translation>
    </message>
    <message>
        <source>本机没有找到</source>
        <translation>Not found on this counter</translation>
    </message>
    <message>
        <source>没有这样的号段</source>
        <translation>There is no such number range</translation>
    </message>
    <message>
        <source>还差 {digits} 位</source>
        <translation>{digits} to go</translation>
    </message>
    <message>
        <source>金额太大，请核对</source>
        <translation>The amount is too large, please check</translation>
    </message>
    <message>
        <source>实付金额</source>
        <translation>Amount paid</translation>
    </message>
    <message>
        <source>数据在本机，已是最新</source>
        <translation>Held on this counter, up to date</translation>
    </message>
    <message>
        <source>数据截至 {at}（{age}）</source>
        <translation>As of {at} ({age})</translation>
    </message>
    <message>
        <source>{fresh}·第一次到店</source>
        <translation>{fresh}, first visit</translation>
    </message>
    <message>
        <source>{fresh}·上次到店 {day}</source>
        <translation>{fresh}, last visit {day}</translation>
    </message>
    <message>
        <source>还有更多，请再多输入几位</source>
        <translation>There are more: type a few more digits</translation>
    </message>
    <message>
        <source>消费次数</source>
        <translation>Visits</translation>
    </message>
    <message>
        <source>升级 {tier} 还差</source>
        <translation>To {tier}</translation>
    </message>
    <message>
        <source>待生效积分</source>
        <translation>Pending points</translation>
    </message>
    <message>
        <source>储值本金</source>
        <translation>Stored value, paid in</translation>
    </message>
    <message>
        <source>储值赠金</source>
        <translation>Stored value, bonus</translation>
    </message>
    <message>
        <source>先输入金额，就能看到减多少</source>
        <translation>Type the amount first to see what comes off</translation>
    </message>
    <message>
        <source>应付 {due}</source>
        <translation>{due} to pay</translation>
    </message>
    <message>
        <source>手里没有可用的券</source>
        <translation>No coupons to use</translation>
    </message>
    <message>
        <source>减 {off}</source>
        <translation>{off} off</translation>
    </message>
    <message>
        <source>{detail}，{until}</source>
        <translation>{detail}, {until}</translation>
    </message>
    <message>
        <source>有效至 {day}</source>
        <translation>until {day}</translation>
    </message>
    <message>
        <source>{name} 减 {off}</source>
        <translation>{name}: {off} off</translation>
    </message>
    <message>
        <source>{day} 到期</source>
        <translation>Expire {day}</translation>
    </message>
    <message>
        <source>{name}：{why}</source>
        <translation>{name}: {why}</translation>
    </message>
    <message>
        <source>储值付 {amount}</source>
        <translation>{amount} by stored value</translation>
    </message>
    <message>
        <source>储值在别处充的，需联网</source>
        <translation>Stored value: needs the line</translation>
    </message>
    <message>
        <source>充值</source>
        <translation>Top up</translation>
    </message>
    <message>
        <source>优惠券 {count}</source>
        <translation>Coupons: {count}</translation>
    </message>
    <message>
        <source>输入券码</source>
        <translation>Type a code</translation>
    </message>
    <message>
        <source>券 {name}</source>
        <translation>Coupon {name}</translation>
    </message>
    <message>
        <source>优惠码 {code}</source>
        <translation>Code {code}</translation>
    </message>
    <message>
        <source>{points} 积分</source>
        <translation>{points} points</translation>
    </message>
    <message>
        <source>入会完成，让顾客拍照保存会员码</source>
        <translation>Enrolled. Let the customer photograph the code</translation>
    </message>
    <message>
        <source>这是手机号？</source>
        <translation>Is this a phone number?</translation>
    </message>
    <message>
        <source>按手机号找会员</source>
        <translation>Find the member</translation>
    </message>
    <message>
        <source>会员码已存到 {path}</source>
        <translation>Code saved to {path}</translation>
    </message>
    <message>
        <source>会员码没有存成，请看磁盘是否已满</source>
        <translation>The code was not saved. Is the disk full?</translation>
    </message>
    <message>
        <source>本单获得</source>
        <translation>This sale earns</translation>
    </message>
    <message>
        <source>会员优惠</source>
        <translation>Member benefit</translation>
    </message>
    <message>
        <source>积分抵扣</source>
        <translation>Paid with points</translation>
    </message>
    <message>
        <source>应付</source>
        <translation>To pay</translation>
    </message>
    <message>
        <source>储值付</source>
        <translation>Stored value</translation>
    </message>
    <message>
        <source>交易后积分</source>
        <translation>Points after this sale</translation>
    </message>
    <message>
        <source>为什么是 {points} 分</source>
        <translation>Why {points} points</translation>
    </message>
    <message>
        <source>用 {points} 分 = −{value}</source>
        <translation>Use {points} points = −{value}</translation>
    </message>
    <message>
        <source>用积分：需联网</source>
        <translation>Use points: needs the line</translation>
    </message>
    <message>
        <source>商品 {pieces} 件</source>
        <translation>Goods, {pieces} pieces</translation>
    </message>
    <message>
        <source>添加商品</source>
        <translation>Add goods</translation>
    </message>
    <message>
        <source>另有 {lines} 种</source>
        <translation>And {lines} more kinds</translation>
    </message>
    <message>
        <source>{name} 升级为 {tier}，下一单起享受</source>
        <translation>{name} is now {tier}, from the next sale on</translation>
    </message>
    <message>
        <source>该会员已冻结，请找店长</source>
        <translation>This member is frozen, please ask the manager</translation>
    </message>
    <message>
        <source>该会员已注销，可以重新入会</source>
        <translation>This membership was erased; the customer may enroll again</translation>
    </message>
    <message>
        <source>用 {points} 分 = −{value}，需授权</source>
        <translation>{points} points = −{value}, needs approval</translation>
    </message>
    <message>
        <source>请核对金额</source>
        <translation>Please check the amount</translation>
    </message>
    <message>
        <source>请输入金额</source>
        <translation>Type the amount</translation>
    </message>
    <message>
        <source>再按一次确认 {due}</source>
        <translation>Press again to confirm {due}</translation>
    </message>
    <message>
        <source>确认 {due}，不积分</source>
        <translation>Confirm {due}, no points</translation>
    </message>
    <message>
        <source>用 {points} 分，储值付 {value}，现金 {rest}，积分 {earned}</source>
        <translation>{points} points, {value} stored, {rest} cash, points {earned}</translation>
    </message>
    <message>
        <source>储值付 {value}，现金 {rest}，积分 {earned}</source>
        <translation>{value} stored value, {rest} cash, points {earned}</translation>
    </message>
    <message>
        <source>用 {points} 分，储值付 {value}，积分 {earned}</source>
        <translation>{points} points, {value} stored value, points {earned}</translation>
    </message>
    <message>
        <source>储值付 {value}，积分 {earned}</source>
        <translation>{value} by stored value, points {earned}</translation>
    </message>
    <message>
        <source>用 {points} 分，应付 {due}，积分 {earned}</source>
        <translation>Use {points} points, pay {due}, earn {earned}</translation>
    </message>
    <message>
        <source>用券减 {off}，应付 {due}，积分 {earned}</source>
        <translation>Coupon {off} off, {due} due, points {earned}</translation>
    </message>
    <message>
        <source>确认并积分 {earned}</source>
        <translation>Confirm, {earned} points</translation>
    </message>
    <message>
        <source>上一笔，已记账 {at}</source>
        <translation>Last sale, recorded {at}</translation>
    </message>
    <message>
        <source>{at} 已记账，{paper}</source>
        <translation>{at} recorded, {paper}</translation>
    </message>
    <message>
        <source>无会员 {due}</source>
        <translation>No member {due}</translation>
    </message>
    <message>
        <source>{name} {due}，积分 {earned}</source>
        <translation>{name} {due}, points {earned}</translation>
    </message>
    <message>
        <source>{name} {due}，积分 {earned}，用 {used} 分</source>
        <translation>{name} {due}, points {earned}, used {used}</translation>
    </message>
    <message>
        <source>可能重复：刚记过同一会员 {amount}。再按一次就再记一笔</source>
        <translation>Maybe twice: {amount} was just recorded for this member. Press again to record another</translation>
    </message>
    <message>
        <source>金额较大：{amount}。请核对后再按一次</source>
        <translation>Large amount: {amount}. Check it and press again</translation>
    </message>
</context>
<context>
    <name>CounterScreen</name>
    <message>
        <source>优惠券和优惠码</source>
        <translation>Coupons and codes</translation>
    </message>
    <message>
        <source>添加商品</source>
        <translation>Add goods</translation>
    </message>
    <message>
        <source>收银台</source>
        <translation>Counter</translation>
    </message>
</context>
<context>
    <name>CounterWindow</name>
    <message>
        <source>数据与总部</source>
        <translation>Data and head office</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>顾客屏</source>
        <translation>Customer display</translation>
    </message>
    <message>
        <source>柜台会员</source>
        <translation>Guitai</translation>
    </message>
</context>
<context>
    <name>CustomerScreen</name>
    <message>
        <source>顾客屏</source>
        <translation>Customer&apos;s screen</translation>
    </message>
</context>
<context>
    <name>CustomerViewModel</name>
    <message>
        <source>请稍候</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>欢迎入会</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>入会完成，请拍下会员码，下次出示即可</source>
        <translation>Welcome! Photograph your code and show it next time</translation>
    </message>
    <message>
        <source>请出示会员码</source>
        <translation>Show your member code</translation>
    </message>
    <message>
        <source>没有带，可以自己输入手机号</source>
        <translation>Without it, type your phone number here</translation>
    </message>
    <message>
        <source>请输入</source>
        <translation>Please type</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>请输入手机号</source>
        <translation>Your phone number</translation>
    </message>
    <message>
        <source>用积分前，请输入手机号中间四位</source>
        <translation>To use points, type the four hidden digits of your phone</translation>
    </message>
    <message>
        <source>{name}，您好</source>
        <translation>Hello, {name}</translation>
    </message>
    <message>
        <source>欠分 {points}</source>
        <translation>Points owed {points}</translation>
    </message>
    <message>
        <source>可用积分 {points}</source>
        <translation>Points {points}</translation>
    </message>
    <message>
        <source>本单获得</source>
        <translation>Earned</translation>
    </message>
    <message>
        <source>积分余额</source>
        <translation>Points now</translation>
    </message>
    <message>
        <source>谢谢光临</source>
        <translation>Thank you</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>补打</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>补打这一笔的小票</source>
        <translation>Print this sale&apos;s receipt again</translation>
    </message>
    <message>
        <source>退货单</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>打印最近一次的退货单</source>
        <translation>Print the newest return&apos;s receipt</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>填好地址，打一张测试页：标尺正好占满一行，汉字都认得出，二维码扫得上，就对了。</source>
        <translation>Type the address and print a trial page. It is right when the ruler fills the line, the Chinese is readable and the QR code scans.</translation>
    </message>
    <message>
        <source>两行、每行 20 个字符的 CD5220 顾客屏，只显示数字和英文。没有插好时收银照常，插好以后自动接上。</source>
        <translation>A CD5220 display with two lines of 20 characters shows figures and English. Selling goes on without it; it is found again by itself.</translation>
    </message>
    <message>
        <source>用扫码枪扫这个码三次，柜台就知道它的快慢、结尾和键盘布局。</source>
        <translation>Scan this code three times: then the counter knows the scanner&apos;s pace, its ending and the keyboard layout.</translation>
    </message>
    <message>
        <source>拿一张银行卡贴在屏幕上，选卡片和框一样大的那个百分比，按键就够手指大。</source>
        <translation>Hold a bank card to the screen and choose the percentage at which card and frame are the same size. Then buttons are as large as fingers.</translation>
    </message>
    <message>
        <source>纸宽</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>每行字数</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>汉字</source>
        <translation>Chinese characters</translation>
    </message>
    <message>
        <source>二维码</source>
        <translation>QR codes</translation>
    </message>
    <message>
        <source>切刀</source>
        <translation>Cutter</translation>
    </message>
    <message>
        <source>钱箱针脚</source>
        <translation>Drawer&apos;s pin</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>小票</source>
        <translation>Receipts</translation>
    </message>
    <message>
        <source>小票语言</source>
        <translation>Receipt language</translation>
    </message>
    <message>
        <source>提示音</source>
        <translation>Sounds</translation>
    </message>
    <message>
        <source>打印机画</source>
        <translation>By printer</translation>
    </message>
    <message>
        <source>打成图片</source>
        <translation>As picture</translation>
    </message>
    <message>
        <source>有</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>No</translation>
    </message>
    <message>
        <source>会回答</source>
        <translation>Answers</translation>
    </message>
    <message>
        <source>不回答</source>
        <translation>Does not answer</translation>
    </message>
    <message>
        <source>记账就打</source>
        <translation>Every sale</translation>
    </message>
    <message>
        <source>要打才打</source>
        <translation>When asked</translation>
    </message>
    <message>
        <source>开</source>
        <translation>On</translation>
    </message>
    <message>
        <source>关</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>{width} 毫米</source>
        <translation>{width} mm</translation>
    </message>
    <message>
        <source>跟界面</source>
        <translation>As screen</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>Chinese</translation>
    </message>
    <message>
        <source>英文</source>
        <translation>English</translation>
    </message>
    <message>
        <source>打印机缺纸，装好纸再试</source>
        <translation>The printer is out of paper. Put paper in and try again</translation>
    </message>
    <message>
        <source>打印机盖子没合上，合上再试</source>
        <translation>The printer&apos;s cover is open. Close it and try again</translation>
    </message>
    <message>
        <source>二维码比纸宽，打不下</source>
        <translation>The QR code is wider than the paper</translation>
    </message>
    <message>
        <source>连不上，请检查电源、线和地址</source>
        <translation>It cannot be reached. Check power, cable and address</translation>
    </message>
    <message>
        <source>打印机报错，关机再开，再试</source>
        <translation>The printer reports a fault. Switch it off and on, then try again</translation>
    </message>
    <message>
        <source>打印机说它一切正常</source>
        <translation>The printer says that it is well</translation>
    </message>
    <message>
        <source>测试页已打印，请看纸</source>
        <translation>The trial page is printed, look at the paper</translation>
    </message>
    <message>
        <source>已让钱箱打开，并已记录</source>
        <translation>The drawer was told to open, and it is recorded</translation>
    </message>
    <message>
        <source>已发送，顾客屏应显示 TOTAL 128.00</source>
        <translation>Sent; the display should show TOTAL 128.00</translation>
    </message>
    <message>
        <source>打印机没有回答，请把状态改成“不回答”</source>
        <translation>The printer gave no answer. Set Status to Does not answer</translation>
    </message>
    <message>
        <source>测试页已发送，打印机没有回答，请看纸</source>
        <translation>The trial page was sent and not answered, look at the paper</translation>
    </message>
    <message>
        <source>第 {n} 次：等待扫码</source>
        <translation>Scan {n}: waiting</translation>
    </message>
    <message>
        <source>第 {n} 次：{how}</source>
        <translation>Scan {n}: {how}</translation>
    </message>
    <message>
        <source>读对了</source>
        <translation>read</translation>
    </message>
    <message>
        <source>读对了，{pace} 毫秒一个字，{ending}</source>
        <translation>read, {pace} ms a character, {ending}</translation>
    </message>
    <message>
        <source>大小写反了，会自动改正；最好关掉 Caps Lock</source>
        <translation>upper and lower case swapped; it is corrected, but switch Caps Lock off</translation>
    </message>
    <message>
        <source>键盘布局是{layout}，会自动改正</source>
        <translation>the keyboard layout is {layout}; it is corrected</translation>
    </message>
    <message>
        <source>输入法开着，请切到英文再扫</source>
        <translation>the input method is on; switch to English and scan again</translation>
    </message>
    <message>
        <source>太慢，{pace} 毫秒一个字，请调快扫码枪</source>
        <translation>too slow, {pace} ms a character; set the scanner faster</translation>
    </message>
    <message>
        <source>没有读完整，请再扫一次</source>
        <translation>not read whole; scan again</translation>
    </message>
    <message>
        <source>不是屏幕上的这个码</source>
        <translation>not the code on the screen</translation>
    </message>
    <message>
        <source>Tab 结尾</source>
        <translation>ends with Tab</translation>
    </message>
    <message>
        <source>回车结尾</source>
        <translation>ends with Enter</translation>
    </message>
    <message>
        <source>美式</source>
        <translation>US</translation>
    </message>
    <message>
        <source>德式</source>
        <translation>German</translation>
    </message>
    <message>
        <source>法式</source>
        <translation>French</translation>
    </message>
</context>
<context>
    <name>DevicesScreen</name>
    <message>
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>顾客屏</source>
        <translation>Customer display</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>声音和大小</source>
        <translation>Sound and size</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回收银台（Esc）</source>
        <translation>Back to the counter (Esc)</translation>
    </message>
</context>
<context>
    <name>DevicesViewModel</name>
    <message>
        <source>键盘方式</source>
        <translation>As a keyboard</translation>
    </message>
    <message>
        <source>串口</source>
        <translation>Serial port</translation>
    </message>
    <message>
        <source>接法</source>
        <translation>Connection</translation>
    </message>
    <message>
        <source>大小</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>192.168.1.60、COM3,9600 或 /dev/usb/lp0，不用就留空</source>
        <translation>192.168.1.60, COM3,9600 or /dev/usb/lp0; empty for none</translation>
    </message>
    <message>
        <source>COM4,9600 或 /dev/ttyUSB0，不用就留空</source>
        <translation>COM4,9600 or /dev/ttyUSB0; empty for none</translation>
    </message>
    <message>
        <source>COM3 或 /dev/ttyACM0</source>
        <translation>COM3 or /dev/ttyACM0</translation>
    </message>
    <message>
        <source>试显示 128.00</source>
        <translation>Show 128.00</translation>
    </message>
    <message>
        <source>打测试页</source>
        <translation>Print a trial page</translation>
    </message>
    <message>
        <source>问状态</source>
        <translation>Ask how it is</translation>
    </message>
    <message>
        <source>试开钱箱</source>
        <translation>Try the drawer</translation>
    </message>
    <message>
        <source>地址不对，还不能保存</source>
        <translation>The address is not right yet</translation>
    </message>
    <message>
        <source>没有改动</source>
        <translation>Nothing has changed</translation>
    </message>
    <message>
        <source>保存设备设置</source>
        <translation>Save the devices</translation>
    </message>
    <message>
        <source>正在试，最多等十几秒</source>
        <translation>Trying; it may take some seconds</translation>
    </message>
    <message>
        <source>扫码枪试好了，保存以后就按它的快慢听</source>
        <translation>The scanner is known now; save to listen to its pace</translation>
    </message>
    <message>
        <source>已保存，现在就用</source>
        <translation>Saved and in use</translation>
    </message>
</context>
<context>
    <name>DiagnosticsScreen</name>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>核对账本</source>
        <translation>Check the books</translation>
    </message>
    <message>
        <source>正在备份…</source>
        <translation>Backing up…</translation>
    </message>
    <message>
        <source>立即备份</source>
        <translation>Back up now</translation>
    </message>
    <message>
        <source>关于与诊断</source>
        <translation>About and diagnostics</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回收银台（Esc）</source>
        <translation>Back to the counter (Esc)</translation>
    </message>
    <message>
        <source>每件事用了多少秒（只记时间，不记人）</source>
        <translation>Seconds that things take (times only, no people)</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>复制这一页</source>
        <translation>Copy this page</translation>
    </message>
    <message>
        <source>存诊断包</source>
        <translation>Save diagnostics</translation>
    </message>
    <message>
        <source>做什么</source>
        <translation>What</translation>
    </message>
    <message>
        <source>次数</source>
        <translation>Times</translation>
    </message>
    <message>
        <source>目标</source>
        <translation>Goal</translation>
    </message>
</context>
<context>
    <name>DiagnosticsViewModel</name>
    <message>
        <source>还没有量到。用一会儿收银台再来看。</source>
        <translation>Nothing measured yet. Use the counter a while and look again.</translation>
    </message>
    <message>
        <source>已复制，里面没有会员资料</source>
        <translation>Copied; no member is in it</translation>
    </message>
    <message numerus="yes">
        <source>%n 笔待上传</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>账本有 %n 处对不上。不要再收银，请马上告知店长。</source>
        <translation>
            <numerusform>The books do not agree in %n place. Stop selling and tell the manager at once.</numerusform>
            <numerusform>The books do not agree in %n places. Stop selling and tell the manager at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>账本核对无误：%n 笔操作</source>
        <translation>
            <numerusform>The books agree: %n operation</numerusform>
            <numerusform>The books agree: %n operations</numerusform>
        </translation>
    </message>
    <message>
        <source>已备份并检查过。备份旁的 .key 是钥匙，请另存一处。</source>
        <translation>Backed up and checked. The .key beside it is the key; keep it elsewhere.</translation>
    </message>
    <message>
        <source>已存到 {path}。里面是版本、大小、用时和日志，没有会员资料。</source>
        <translation>Saved as {path}: versions, sizes, times and the log, no members.</translation>
    </message>
    <message>
        <source>磁盘快满，没有备份。请先清理磁盘。</source>
        <translation>The disk is nearly full; no backup was made. Clear the disk first.</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>整批撤回这次导入</source>
        <translation>Take this import back</translation>
    </message>
</context>
<context>
    <name>EnrollForm</name>
    <message>
        <source>称呼（可不填）</source>
        <translation>Form of address (optional)</translation>
    </message>
    <message>
        <source>生日月（可不填）</source>
        <translation>Month of birth (optional)</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Came by</translation>
    </message>
    <message>
        <source>姓名，可不填</source>
        <translation>Name, optional</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>EnrollScreen</name>
    <message>
        <source>新会员入会</source>
        <translation>New member</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>取消入会（Esc）</source>
        <translation>Cancel enrolment (Esc)</translation>
    </message>
    <message>
        <source>完成后自动带入收银台，不用重新查找</source>
        <translation>Then the member is attached at the counter; no need to search again</translation>
    </message>
</context>
<context>
    <name>EnrollViewModel</name>
    <message>
        <source>现在问不到总部。顾客若在别店入过会，联网后由总部核对合并</source>
        <translation>Head office does not answer. If the customer joined elsewhere, head office checks and merges once the line is back</translation>
    </message>
    <message>
        <source>请对顾客说：「{words}」</source>
        <translation>Say to the customer: “{words}”</translation>
    </message>
    <message>
        <source>顾客屏已断开，填好的都在。请口头征得同意</source>
        <translation>The customer&apos;s screen is gone, all that was typed is here. Ask by mouth</translation>
    </message>
    <message>
        <source>未满 14 周岁，请转店长</source>
        <translation>Under 14: ask the manager</translation>
    </message>
    <message>
        <source>顾客不同意，不能入会</source>
        <translation>The customer does not agree: no enrolment</translation>
    </message>
    <message>
        <source>顾客已同意，完成入会</source>
        <translation>Customer agrees: enroll</translation>
    </message>
    <message>
        <source>顾客屏正在请顾客同意，也可以口头问</source>
        <translation>The customer is being asked on his screen; you may ask by mouth too</translation>
    </message>
    <message>
        <source>顾客已在屏上同意</source>
        <translation>The customer agreed on his screen</translation>
    </message>
    <message>
        <source>顾客在屏上选了不同意，可请他重选</source>
        <translation>The customer said no on his screen; he may choose again</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>请输入</source>
        <translation>Type it</translation>
    </message>
    <message>
        <source>本机未找到，是新会员</source>
        <translation>Not found here: a new member</translation>
    </message>
    <message>
        <source>没有这样的号段</source>
        <translation>No such number</translation>
    </message>
    <message>
        <source>离线也能入会，联网后自动同步</source>
        <translation>Works offline too; sent when the line is back</translation>
    </message>
    <message>
        <source>女士</source>
        <translation>Ms</translation>
    </message>
    <message>
        <source>先生</source>
        <translation>Mr</translation>
    </message>
</context>
<context>
    <name>ExplanationList</name>
    <message>
        <source>没有给的</source>
        <translation>What gave nothing</translation>
    </message>
</context>
<context>
    <name>ExtrasRow</name>
    <message>
        <source>{what}（F6）</source>
        <translation>{what} (F6)</translation>
    </message>
</context>
<context>
    <name>FilterPage</name>
    <message>
        <source>等级</source>
        <translation>Tier</translation>
    </message>
    <message>
        <source>上次到店</source>
        <translation>Last visit</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>排序</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>不筛选</source>
        <translation>No filter</translation>
    </message>
    <message>
        <source>看名单</source>
        <translation>Show list</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>这台机器怎么用？</source>
        <translation>What is this machine for?</translation>
    </message>
    <message>
        <source>店名和机号</source>
        <translation>Shop and counter</translation>
    </message>
    <message>
        <source>用哪个积分方案开始？</source>
        <translation>Which program to begin with?</translation>
    </message>
    <message>
        <source>店长的 PIN</source>
        <translation>The manager&apos;s PIN</translation>
    </message>
    <message>
        <source>接到总部</source>
        <translation>Join a head office</translation>
    </message>
    <message>
        <source>正在接到总部</source>
        <translation>Joining head office</translation>
    </message>
    <message>
        <source>正在准备</source>
        <translation>Getting ready</translation>
    </message>
    <message>
        <source>可以开店了</source>
        <translation>Ready to open</translation>
    </message>
    <message>
        <source>店名以总部给的为准；机号写在小票上，同店的机器不要重复。</source>
        <translation>Head office&apos;s name for the shop counts. The counter&apos;s name is on receipts; no two in a shop are alike.</translation>
    </message>
    <message>
        <source>写在小票和报表上。同店的机器，机号不要重复。</source>
        <translation>They are on receipts and reports. No two counters of a shop are called alike.</translation>
    </message>
    <message>
        <source>以后可以换。不确定就用第一个：1 元积 1 分，100 分抵 1 元。</source>
        <translation>It can be changed later. If in doubt take the first: 1 point for ¥1, 100 points pay ¥1.</translation>
    </message>
    <message>
        <source>6 位数字，不要用生日或连号。登录和授权都用它，请记住。</source>
        <translation>Six digits, no birthday and no run. It signs in and approves; remember it.</translation>
    </message>
    <message>
        <source>地址和一次性接入码由总部给。会员、员工和方案都从总部来。</source>
        <translation>Head office gives the address and a one-time code. Members, staff and program come from there.</translation>
    </message>
    <message>
        <source>开一家新店（单店，不接总部）</source>
        <translation>A new shop (no head office)</translation>
    </message>
    <message>
        <source>接到总部（要接入码）</source>
        <translation>Join a head office (with a code)</translation>
    </message>
    <message>
        <source>从备份恢复…</source>
        <translation>Restore a backup…</translation>
    </message>
    <message>
        <source>我的店</source>
        <translation>My shop</translation>
    </message>
    <message>
        <source>01 号机</source>
        <translation>Counter 01</translation>
    </message>
    <message>
        <source>基本：1 元 = 1 分，100 分 = ¥1</source>
        <translation>Basic: ¥1 = 1 point, 100 points = ¥1</translation>
    </message>
    <message>
        <source>再输一次</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>请设 6 位 PIN</source>
        <translation>Choose a PIN of 6 digits</translation>
    </message>
    <message>
        <source>两次不一样，请重新设</source>
        <translation>The two differ; choose again</translation>
    </message>
    <message>
        <source>请稍等，一般几秒钟。</source>
        <translation>A moment, usually a few seconds.</translation>
    </message>
    <message>
        <source>正在取会员资料…</source>
        <translation> Fetching the members…</translation>
    </message>
    <message>
        <source>总部正在准备会员资料…</source>
        <translation> Head office is preparing the members…</translation>
    </message>
    <message>
        <source>已取 {percent}%。不用等，断了会接着取。</source>
        <translation> {percent}% fetched. No need to wait; a cut line goes on later.</translation>
    </message>
    <message>
        <source>正在写入…</source>
        <translation> Writing…</translation>
    </message>
    <message>
        <source>{branch} 已建好，数据在本机，已加密。用店长的 PIN 登录；打印机和扫码枪以后再设也行。</source>
        <translation>{branch} is made; its data is on this machine, encrypted. Sign in with the manager&apos;s PIN. Printer and scanner can be set up later.</translation>
    </message>
    <message>
        <source>已接到总部，门店：{branch}。</source>
        <translation>Joined; the shop is {branch}.</translation>
    </message>
    <message>
        <source>已恢复 {branch}：{members} 位会员，{sales} 笔消费。用原来的 PIN 登录。</source>
        <translation>{branch} is back: {members} members, {sales} sales. Sign in with the PINs of before.</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>接入</source>
        <translation>Join</translation>
    </message>
    <message>
        <source>先开始用，后台接着取</source>
        <translation>Start now, fetch meanwhile</translation>
    </message>
    <message>
        <source>去登录</source>
        <translation>Sign in</translation>
    </message>
</context>
<context>
    <name>FirstRunScreen</name>
    <message>
        <source>第一次使用</source>
        <translation>First start</translation>
    </message>
    <message>
        <source>店名</source>
        <translation>Shop</translation>
    </message>
    <message>
        <source>机号</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>总部地址，例如 https://hq.example.com</source>
        <translation>Head office&apos;s address, such as https://hq.example.com</translation>
    </message>
    <message>
        <source>接入码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>上一步</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>选择备份</source>
        <translation>Choose a backup</translation>
    </message>
</context>
<context>
    <name>FirstRunWindow</name>
    <message>
        <source>柜台会员</source>
        <translation>Guitai</translation>
    </message>
</context>
<context>
    <name>FloorApproval</name>
    <message>
        <source>本店没有可以授权的人</source>
        <translation>Nobody here may approve</translation>
    </message>
    <message>
        <source>请谁授权？</source>
        <translation>Who approves?</translation>
    </message>
    <message>
        <source>请{name}输入 PIN，同意多用 {points} 分</source>
        <translation>{name}, enter your PIN to allow {points} points more</translation>
    </message>
    <message>
        <source>离线额度外用积分</source>
        <translation>Points beyond the offline allowance</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>用积分</source>
        <translation>Use points</translation>
    </message>
    <message>
        <source>更换会员</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
    <message>
        <source>注销会员</source>
        <translation>Erase membership</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>女士</source>
        <translation>Ms</translation>
    </message>
    <message>
        <source>确认并积分 +128</source>
        <translation>Confirm, +128 points</translation>
    </message>
    <message>
        <source>用 500 分，应付 ¥123.00，积分 +123，余额 903</source>
        <translation>Use 500 points, pay ¥123.00, earn 123, balance 903</translation>
    </message>
    <message>
        <source>收银台</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Members</translation>
    </message>
    <message>
        <source>交易</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>班次</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>金卡</source>
        <translation>Gold</translation>
    </message>
    <message>
        <source>铂金</source>
        <translation>Platinum</translation>
    </message>
    <message>
        <source>数据截至 11-19 09:12（3 天前）</source>
        <translation>As of 11-19 09:12 (3 days ago)</translation>
    </message>
    <message>
        <source>实付金额</source>
        <translation>Amount paid</translation>
    </message>
    <message>
        <source>请输入金额</source>
        <translation>Type the amount</translation>
    </message>
    <message>
        <source>超过单笔上限 ¥99,999.00</source>
        <translation>Over the limit of ¥99,999.00</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>本单获得</source>
        <translation>This sale earns</translation>
    </message>
    <message>
        <source>+128 积分</source>
        <translation>+128 points</translation>
    </message>
    <message>
        <source>积分抵扣</source>
        <translation>Paid with points</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>未使用</source>
        <translation>Not used</translation>
    </message>
    <message>
        <source>交易后积分</source>
        <translation>Points after this sale</translation>
    </message>
    <message>
        <source>用优惠券</source>
        <translation>Use a coupon</translation>
    </message>
    <message>
        <source>添加商品</source>
        <translation>Add goods</translation>
    </message>
    <message>
        <source>用 500 分 = −¥5.00</source>
        <translation>Use 500 points = −¥5.00</translation>
    </message>
    <message>
        <source>键入金额 → 确认。随时可扫会员码或券码。</source>
        <translation>Type the amount, then confirm. Scan a member or coupon any time.</translation>
    </message>
    <message>
        <source>已同步</source>
        <translation>Synced</translation>
    </message>
    <message>
        <source>已离线 5 小时</source>
        <translation>Offline for 5 hours</translation>
    </message>
    <message>
        <source>已 3 天未上传</source>
        <translation>No upload for 3 days</translation>
    </message>
    <message>
        <source>打印机就绪</source>
        <translation>Printer ready</translation>
    </message>
    <message>
        <source>扫码枪未连接</source>
        <translation>Scanner not connected</translation>
    </message>
    <message>
        <source>银卡</source>
        <translation>Silver</translation>
    </message>
    <message>
        <source>待上传</source>
        <translation>Waiting to upload</translation>
    </message>
    <message>
        <source>30 天内到期 200</source>
        <translation>200 expire within 30 days</translation>
    </message>
    <message>
        <source>已冻结</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>数据截至 13:05（1 小时 27 分前）·上次到店 11-08</source>
        <translation>As of 13:05 (1 h 27 min ago), last visit 11-08</translation>
    </message>
    <message>
        <source>满 100 减 10 券·11-30 到期</source>
        <translation>Coupon ¥10 off 100, until 11-30</translation>
    </message>
    <message>
        <source>李*明 +56 积分</source>
        <translation>李*明 +56 points</translation>
    </message>
    <message>
        <source>上一笔，已记账</source>
        <translation>Last sale, recorded</translation>
    </message>
    <message>
        <source>离线·23 笔待上传</source>
        <translation>Offline, 23 waiting to upload</translation>
    </message>
    <message>
        <source>该手机号已是会员，已打开 张*芳·金卡</source>
        <translation>This phone is a member already: opened 张*芳, Gold</translation>
    </message>
    <message>
        <source>已记账，张*芳 +128 积分</source>
        <translation>Recorded: 张*芳 +128 points</translation>
    </message>
    <message>
        <source>该会员离线最多再兑 0 分（已兑 500）</source>
        <translation>Offline this member can redeem 0 more points (500 redeemed)</translation>
    </message>
    <message>
        <source>联网重试</source>
        <translation>Retry online</translation>
    </message>
    <message>
        <source>只积分</source>
        <translation>Only earn</translation>
    </message>
    <message>
        <source>已 26 小时未上传。数据在本机安全，请告知店长</source>
        <translation>No upload for 26 hours. The data is safe on this counter; please tell the manager</translation>
    </message>
    <message>
        <source>已 3 天未上传，积分照记，兑换需店长授权。</source>
        <translation>No upload for 3 days. Points are still recorded; redeeming needs the manager&apos;s approval.</translation>
    </message>
    <message>
        <source>给店长看</source>
        <translation>Show the manager</translation>
    </message>
    <message>
        <source>PIN 不对，还可试 3 次</source>
        <translation>Wrong PIN, 3 tries left</translation>
    </message>
    <message>
        <source>上次到店 11-08</source>
        <translation>Last visit 11-08</translation>
    </message>
    <message>
        <source>还没有消费记录</source>
        <translation>No purchases yet</translation>
    </message>
    <message>
        <source>请扫会员码</source>
        <translation>Scan a member code</translation>
    </message>
    <message>
        <source>或输入手机号、后四位、姓名</source>
        <translation>or type a phone, its last four digits, or a name</translation>
    </message>
    <message>
        <source>所选时间没有交易</source>
        <translation>No sales in this period</translation>
    </message>
    <message>
        <source>换个时间看看</source>
        <translation>Try another period</translation>
    </message>
    <message>
        <source>看今天</source>
        <translation>Show today</translation>
    </message>
    <message>
        <source>饮料</source>
        <translation>Drinks</translation>
    </message>
    <message>
        <source>零食</source>
        <translation>Snacks</translation>
    </message>
    <message>
        <source>日用品</source>
        <translation>Household</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>每小时销售额（元）</source>
        <translation>Sales by the hour (yuan)</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>笔数</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>称呼（可不填）</source>
        <translation>Name (optional)</translation>
    </message>
    <message>
        <source>到店</source>
        <translation>Walk-in</translation>
    </message>
    <message>
        <source>老带新</source>
        <translation>Referral</translation>
    </message>
    <message>
        <source>活动</source>
        <translation>Campaign</translation>
    </message>
</context>
<context>
    <name>GoodsPage</name>
    <message>
        <source>商品名称、首字母、条码</source>
        <translation>Name, initials or code</translation>
    </message>
    <message>
        <source>查找商品</source>
        <translation>Find goods</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>GoodsPicker</name>
    <message>
        <source>{pieces} 件，共 {total}</source>
        <translation>{pieces} pieces, {total}</translation>
    </message>
    <message>
        <source>「{name}」没有价格，请按金额收银</source>
        <translation>“{name}” has no price: sell it by amount</translation>
    </message>
    <message>
        <source>一单最多 {lines} 种商品，请分两单</source>
        <translation>A sale takes {lines} kinds of goods at most: make two</translation>
    </message>
    <message>
        <source>没有这样的商品</source>
        <translation>No such goods</translation>
    </message>
    <message>
        <source>输入名称、拼音首字母或条码，也可以直接扫码</source>
        <translation>Type a name, initials or a code, or scan the package</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>系统</source>
        <translation>System</translation>
    </message>
    <message>
        <source>数据目录</source>
        <translation>Data folder</translation>
    </message>
    <message>
        <source>日志</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>达标</source>
        <translation>In time</translation>
    </message>
    <message>
        <source>偏慢</source>
        <translation>Slow</translation>
    </message>
    <message>
        <source>扫码找会员</source>
        <translation>Member by code</translation>
    </message>
    <message>
        <source>手机号找会员</source>
        <translation>Member by phone</translation>
    </message>
    <message>
        <source>后四位找会员</source>
        <translation>Member by last four</translation>
    </message>
    <message>
        <source>姓名找会员</source>
        <translation>Member by name</translation>
    </message>
    <message>
        <source>入会</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>输金额到记账</source>
        <translation>Amount to record</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>开班</source>
        <translation>Open shift</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Close shift</translation>
    </message>
    <message>
        <source>换人登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>{size}，{members} 位会员，{sales} 笔消费</source>
        <translation>{size}, {members} members, {sales} sales</translation>
    </message>
    <message>
        <source>数据库</source>
        <translation>Database</translation>
    </message>
    <message>
        <source>磁盘剩余</source>
        <translation>Disk left</translation>
    </message>
    <message>
        <source>读不到</source>
        <translation>Cannot be read</translation>
    </message>
    <message>
        <source>最近备份</source>
        <translation>Last backup</translation>
    </message>
    <message>
        <source>还没有备份</source>
        <translation>No backup yet</translation>
    </message>
    <message>
        <source>{span}前</source>
        <translation>{span} ago</translation>
    </message>
    <message>
        <source>不到 1 小时前</source>
        <translation>Less than an hour ago</translation>
    </message>
    <message>
        <source>账本核对</source>
        <translation>Books</translation>
    </message>
    <message>
        <source>这次打开后还没有核对</source>
        <translation>Not checked since it was opened</translation>
    </message>
    <message>
        <source>{at} 有 {count} 处对不上</source>
        <translation>{at}: {count} places do not agree</translation>
    </message>
    <message>
        <source>{at} 无误，{count} 笔操作</source>
        <translation>{at}: in order, {count} operations</translation>
    </message>
    <message>
        <source>与总部</source>
        <translation>Head office</translation>
    </message>
    <message>
        <source>单店，没有接总部</source>
        <translation>Single shop, no head office</translation>
    </message>
    <message>
        <source>本版本太旧，读不了总部的新数据，请升级；{waiting}</source>
        <translation>This version is too old to read head office&apos;s news; please upgrade. {waiting}</translation>
    </message>
    <message>
        <source>在线；{waiting}</source>
        <translation>Online; {waiting}</translation>
    </message>
    <message>
        <source>还没连上过；{waiting}</source>
        <translation>Never connected; {waiting}</translation>
    </message>
    <message>
        <source>离线 {span}；{waiting}</source>
        <translation>Offline for {span}; {waiting}</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>帮助的页</source>
        <translation>Help pages</translation>
    </message>
</context>
<context>
    <name>House</name>
    <message>
        <source>本机时间可能不对（显示 {shown}）。收银可继续，先后不会乱，但日期会记错。请店长校准时间。</source>
        <translation>This machine&apos;s clock may be wrong (it says {shown}). Selling goes on and the order is kept, but dates will be wrong. Let the manager set the clock.</translation>
    </message>
    <message>
        <source>磁盘快满，剩不到 1 GB。收银照常，请清理磁盘。</source>
        <translation>The disk is filling up: less than 1 GB left. Selling goes on; please clear the disk.</translation>
    </message>
    <message>
        <source>磁盘快满，剩不到 200 MB。收银照常；报表、备份暂停。请马上清理磁盘。</source>
        <translation>The disk is nearly full: less than 200 MB left. Selling goes on; reports and backups pause. Clear the disk now.</translation>
    </message>
    <message>
        <source>磁盘已满，记不了账。已确认的都在。请清理磁盘，或在纸上记下再补。</source>
        <translation>The disk is full and nothing can be recorded. What was confirmed is safe. Clear the disk, or write sales down on paper.</translation>
    </message>
</context>
<context>
    <name>HousePages</name>
    <message>
        <source>员工</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>导入会员</source>
        <translation>Import members</translation>
    </message>
    <message>
        <source>关于与诊断</source>
        <translation>About and diagnostics</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>性别</source>
        <translation>Gender</translation>
    </message>
    <message>
        <source>生日</source>
        <translation>Birthday</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>积分到期日</source>
        <translation>Points expire</translation>
    </message>
    <message>
        <source>原会员号</source>
        <translation>Former number</translation>
    </message>
    <message>
        <source>邮箱</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>城市</source>
        <translation>City</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>入会日</source>
        <translation>Joined on</translation>
    </message>
    <message>
        <source>这一行有一格看不懂</source>
        <translation>A cell of this row is not understood</translation>
    </message>
    <message>
        <source>文件是空的，请另选一个。</source>
        <translation>The file is empty; choose another.</translation>
    </message>
    <message>
        <source>文件太大，请分成几个再导入。</source>
        <translation>The file is too large; split it first.</translation>
    </message>
    <message>
        <source>这是 2007 年以前的 Excel 文件。请另存为 .xlsx 或 CSV，再选一次。</source>
        <translation>This is a spreadsheet of before 2007. Save it as .xlsx or CSV and choose it again.</translation>
    </message>
    <message>
        <source>认不出文件的编码。请在原来的系统里重新导出，或另存为 .xlsx。</source>
        <translation>The file&apos;s encoding is unknown. Export it anew, or save it as .xlsx.</translation>
    </message>
    <message>
        <source>文件读不了，可能正被别的程序打开。关掉它再选一次。</source>
        <translation>The file cannot be read; another program may hold it. Close that and choose again.</translation>
    </message>
    <message>
        <source>文件里没有表格。请选会员名单（CSV 或 Excel）。</source>
        <translation>There is no table in the file. Choose a list of members (CSV or Excel).</translation>
    </message>
    <message>
        <source>已是会员</source>
        <translation>A member already</translation>
    </message>
    <message>
        <source>没有手机号</source>
        <translation>No phone</translation>
    </message>
    <message>
        <source>手机号位数不够</source>
        <translation>The phone is too short</translation>
    </message>
    <message>
        <source>手机号位数太多</source>
        <translation>The phone is too long</translation>
    </message>
    <message>
        <source>手机号里有字母</source>
        <translation>Letters in the phone</translation>
    </message>
    <message>
        <source>手机号带星号，看不到原号</source>
        <translation>The phone is masked</translation>
    </message>
    <message>
        <source>一格里有两个号码，只留一个</source>
        <translation>Two phones in a cell; keep one</translation>
    </message>
    <message>
        <source>没有这样的号段</source>
        <translation>No such phone is in use</translation>
    </message>
    <message>
        <source>这是付款码，不是手机号</source>
        <translation>A payment code, not a phone</translation>
    </message>
    <message>
        <source>这是银行卡号，不是手机号</source>
        <translation>A bank card, not a phone</translation>
    </message>
    <message>
        <source>这是身份证号，不是手机号</source>
        <translation>An identity card, not a phone</translation>
    </message>
    <message>
        <source>手机号的数字丢了，要从原系统重新导出</source>
        <translation>Digits of the phone are lost; export it anew</translation>
    </message>
    <message>
        <source>生日不是日期</source>
        <translation>The birthday is no date</translation>
    </message>
    <message>
        <source>没有这一天（生日）</source>
        <translation>The birthday is no day of the year</translation>
    </message>
    <message>
        <source>生日在将来</source>
        <translation>The birthday is in the future</translation>
    </message>
    <message>
        <source>生日太早</source>
        <translation>The birthday is too long ago</translation>
    </message>
    <message>
        <source>生日有两种读法，请写成 1990-05-23</source>
        <translation>The birthday can be read in two ways; write 1990-05-23</translation>
    </message>
    <message>
        <source>积分不是整数</source>
        <translation>The points are no whole number</translation>
    </message>
    <message>
        <source>入会日或到期日不对</source>
        <translation>A day is no day</translation>
    </message>
    <message>
        <source>和前面一行的手机号相同</source>
        <translation>An earlier row has the same phone</translation>
    </message>
    <message>
        <source>单元格比表头多，可能串了列</source>
        <translation>More cells than headings; columns may have slipped</translation>
    </message>
    <message>
        <source>有文字丢失，读不出</source>
        <translation>Characters are lost</translation>
    </message>
    <message>
        <source>这一行的编码与文件不同，请核对</source>
        <translation>Another encoding than the file&apos;s; check this row</translation>
    </message>
</context>
<context>
    <name>ImportScreen</name>
    <message>
        <source>停止</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>导入会员</source>
        <translation>Import members</translation>
    </message>
    <message>
        <source>行</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>会员名单</source>
        <translation>Lists of members</translation>
    </message>
    <message>
        <source>选择会员名单</source>
        <translation>Choose a list of members</translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>1 选文件</source>
        <translation>1 File</translation>
    </message>
    <message>
        <source>2 对列</source>
        <translation>2 Columns</translation>
    </message>
    <message>
        <source>3 预览</source>
        <translation>3 Preview</translation>
    </message>
    <message>
        <source>4 导入</source>
        <translation>4 Import</translation>
    </message>
    <message>
        <source>导入会员</source>
        <translation>Import members</translation>
    </message>
    <message>
        <source>每一列是什么？</source>
        <translation>Which column is what?</translation>
    </message>
    <message>
        <source>看一眼再导入</source>
        <translation>Look before it comes in</translation>
    </message>
    <message>
        <source>正在导入</source>
        <translation>Importing</translation>
    </message>
    <message>
        <source>导入已停止</source>
        <translation>The import was stopped</translation>
    </message>
    <message>
        <source>导入完成</source>
        <translation>The import is done</translation>
    </message>
    <message>
        <source>下一步：预览</source>
        <translation>Next: preview</translation>
    </message>
    <message numerus="yes">
        <source>导入 %n 位会员</source>
        <translation>
            <numerusform>Import %n member</numerusform>
            <numerusform>Import %n members</numerusform>
        </translation>
    </message>
    <message>
        <source>没有可以导入的行</source>
        <translation>No row can come in</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>选一份会员名单：CSV、TXT 或 Excel（.xlsx）。编码和分隔符自动识别。导入前先预览，导入后 7 天内可以整批撤回。</source>
        <translation>Choose a list of members: CSV, TXT or Excel (.xlsx). Encoding and separator are found by themselves. You see a preview first, and for seven days it can all be taken back.</translation>
    </message>
    <message numerus="yes">
        <source>{name}：%n 行。已按表头猜好，不对的请改。</source>
        <translation>
            <numerusform>{name}: %n row. The columns are guessed by their headings; correct what is wrong.</numerusform>
            <numerusform>{name}: %n rows. The columns are guessed by their headings; correct what is wrong.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n 行可以导入。</source>
        <translation>
            <numerusform>%n row can come in.</numerusform>
            <numerusform>%n rows can come in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n 行会跳过，原因写在后面。</source>
        <translation>
            <numerusform> %n row is left out; the reason stands beside it.</numerusform>
            <numerusform> %n rows are left out; the reason stands beside each.</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} / {all}。收银照常；停下时已导入的保留。</source>
        <translation>{done} of {all}. Selling goes on; what came in stays if you stop.</translation>
    </message>
    <message numerus="yes">
        <source>新增 %n 位会员。</source>
        <translation>
            <numerusform>%n new member.</numerusform>
            <numerusform>%n new members.</numerusform>
        </translation>
    </message>
    <message>
        <source>带入积分 {points} 分。</source>
        <translation> {points} points came along.</translation>
    </message>
    <message numerus="yes">
        <source>跳过 %n 行。</source>
        <translation>
            <numerusform> %n row was left out.</numerusform>
            <numerusform> %n rows were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>已整批撤回 %n 位会员</source>
        <translation>
            <numerusform>%n member taken back</numerusform>
            <numerusform>%n members taken back</numerusform>
        </translation>
    </message>
    <message>
        <source>超过 7 天，不能再整批撤回</source>
        <translation>More than seven days ago; it cannot be taken back</translation>
    </message>
    <message>
        <source>这一批已经撤回过</source>
        <translation>It was taken back already</translation>
    </message>
    <message numerus="yes">
        <source>其中 %n 位会员已有消费或积分变动，不能整批撤回</source>
        <translation>
            <numerusform>%n member has bought or used points since; it cannot be taken back</numerusform>
            <numerusform>%n members have bought or used points since; it cannot be taken back</numerusform>
        </translation>
    </message>
    <message>
        <source>{at}  {name}：新增 {added}，跳过 {skipped}</source>
        <translation>{at}  {name}: {added} new, {skipped} left out</translation>
    </message>
    <message>
        <source>·已撤回</source>
        <translation> · taken back</translation>
    </message>
    <message>
        <source>可以导入</source>
        <translation>Can come in</translation>
    </message>
</context>
<context>
    <name>Joining</name>
    <message>
        <source>总部不认识这个接入码，请核对，一个字母也不能错。</source>
        <translation>Head office does not know this code; check every character.</translation>
    </message>
    <message>
        <source>这个接入码已经用过，请总部再发一个。</source>
        <translation>This code was used already; ask head office for another.</translation>
    </message>
    <message>
        <source>这个接入码已过期，请总部再发一个。</source>
        <translation>This code has run out; ask head office for another.</translation>
    </message>
    <message>
        <source>总部不让这台机器接入，请联系总部。</source>
        <translation>Head office does not take this machine in; ask there.</translation>
    </message>
    <message>
        <source>连不上总部。请核对地址和网络，再试一次；也可以先开新店。</source>
        <translation>Head office does not answer. Check address and network and try again; or begin with a new shop.</translation>
    </message>
    <message>
        <source>地址要以 https:// 开头，http 只能用于本机。</source>
        <translation>The address begins with https://; http is for this machine only.</translation>
    </message>
    <message>
        <source>这不是地址。请照总部给的写，例如 https://hq.example.com</source>
        <translation>This is no address. Write it as head office gave it, such as https://hq.example.com</translation>
    </message>
</context>
<context>
    <name>KeyColumn</name>
    <message>
        <source>数字键盘</source>
        <translation>Keypad</translation>
    </message>
    <message>
        <source>随时可扫会员码。F2 找会员·F3 入会·Ctrl+Z 撤销</source>
        <translation>Scan a member code any time. F2 find, F3 enroll, Ctrl+Z undo</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>查找会员</source>
        <translation>Find a member</translation>
    </message>
    <message>
        <source>扫码</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>拼音</source>
        <translation>Letters</translation>
    </message>
    <message>
        <source>用字母按姓名查找</source>
        <translation>Find by name with letters</translation>
    </message>
    <message>
        <source>小数点</source>
        <translation>Decimal point</translation>
    </message>
</context>
<context>
    <name>LetterPad</name>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>LineRow</name>
    <message>
        <source>{name} 减一件</source>
        <translation>{name}: one fewer</translation>
    </message>
    <message>
        <source>{name} 加一件</source>
        <translation>{name}: one more</translation>
    </message>
</context>
<context>
    <name>Member</name>
    <message>
        <source>欠分</source>
        <translation>Points owed</translation>
    </message>
    <message>
        <source>可用积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>本机可兑</source>
        <translation>Redeemable here</translation>
    </message>
    <message>
        <source>消费次数</source>
        <translation>Visits</translation>
    </message>
    <message>
        <source>累计消费</source>
        <translation>Total spend</translation>
    </message>
    <message>
        <source>无</source>
        <translation>None</translation>
    </message>
    <message>
        <source>上次到店</source>
        <translation>Last visit</translation>
    </message>
    <message>
        <source>待生效积分</source>
        <translation>Pending points</translation>
    </message>
    <message>
        <source>最近到期</source>
        <translation>Next to expire</translation>
    </message>
    <message>
        <source>累计获得</source>
        <translation>Earned so far</translation>
    </message>
    <message>
        <source>累计使用</source>
        <translation>Used so far</translation>
    </message>
    <message>
        <source>生日</source>
        <translation>Birthday</translation>
    </message>
    <message>
        <source>优惠短信</source>
        <translation>Offers by message</translation>
    </message>
    <message>
        <source>数据截至</source>
        <translation>Data as of</translation>
    </message>
    <message>
        <source>还差 {missing} 升级 {tier}</source>
        <translation>{missing} more to {tier}</translation>
    </message>
    <message>
        <source>还差 {missing} 次升级 {tier}</source>
        <translation>{missing} more visits to {tier}</translation>
    </message>
    <message>
        <source>还差 {missing} 积分升级 {tier}</source>
        <translation>{missing} more points to {tier}</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>What</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>已同步</source>
        <translation>Synced</translation>
    </message>
    <message>
        <source>待上传</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>已记账</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>得到</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>来由</source>
        <translation>From</translation>
    </message>
    <message>
        <source>得了</source>
        <translation>Got</translation>
    </message>
    <message>
        <source>还剩</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>可用起</source>
        <translation>Usable from</translation>
    </message>
    <message>
        <source>到期</source>
        <translation>Expires</translation>
    </message>
    <message>
        <source>还没有积分</source>
        <translation>No points yet</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>券码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>发放</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>还没有优惠券</source>
        <translation>No coupons yet</translation>
    </message>
    <message>
        <source>本金</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>赠金</source>
        <translation>Bonus</translation>
    </message>
    <message>
        <source>还没有储值</source>
        <translation>No stored value yet</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>改为</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>经手</source>
        <translation>By</translation>
    </message>
    <message>
        <source>资料没有改动过</source>
        <translation>The profile was never changed</translation>
    </message>
    <message>
        <source>女士</source>
        <translation>Ms</translation>
    </message>
    <message>
        <source>先生</source>
        <translation>Mr</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>称呼</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>邮箱</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>城市</source>
        <translation>City</translation>
    </message>
    <message>
        <source>备注</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>消费</source>
        <translation>Sale</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Given back</translation>
    </message>
    <message>
        <source>不过期</source>
        <translation>Never</translation>
    </message>
    <message>
        <source>可用</source>
        <translation>Usable</translation>
    </message>
    <message>
        <source>还没开始</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>已使用</source>
        <translation>Used</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>已冻结</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>已解冻</source>
        <translation>Unfrozen</translation>
    </message>
    <message>
        <source>（清空）</source>
        <translation>(taken away)</translation>
    </message>
    <message>
        <source>{said}（已被改）</source>
        <translation>{said} (changed since)</translation>
    </message>
    <message>
        <source>用积分</source>
        <translation>Points used</translation>
    </message>
    <message>
        <source>调整</source>
        <translation>Adjusted</translation>
    </message>
    <message>
        <source>期初积分</source>
        <translation>Brought along</translation>
    </message>
    <message>
        <source>充值</source>
        <translation>Top-up</translation>
    </message>
    <message>
        <source>退还储值</source>
        <translation>Stored value refund</translation>
    </message>
    <message>
        <source>入会</source>
        <translation>Enrolled</translation>
    </message>
    <message>
        <source>奖励</source>
        <translation>Reward</translation>
    </message>
    <message>
        <source>奖励收回</source>
        <translation>Reward taken back</translation>
    </message>
    <message>
        <source>换礼品</source>
        <translation>Gift</translation>
    </message>
    <message>
        <source>礼品退回</source>
        <translation>Gift returned</translation>
    </message>
    <message>
        <source>积分到期</source>
        <translation>Points ended</translation>
    </message>
    <message>
        <source>免除欠分</source>
        <translation>Owed points forgiven</translation>
    </message>
    <message>
        <source>等级评定</source>
        <translation>Level reviewed</translation>
    </message>
    <message>
        <source>{what}（已撤销）</source>
        <translation>{what} (undone)</translation>
    </message>
    <message>
        <source>{what}，用 {points} 分</source>
        <translation>{what}, {points} points used</translation>
    </message>
    <message>
        <source>{day} 到期 {points} 分</source>
        <translation>{points} on {day}</translation>
    </message>
    <message>
        <source>{month} 月</source>
        <translation>Month {month}</translation>
    </message>
    <message>
        <source>{day} 入会·{branch}·来源 {channel}</source>
        <translation>Joined {day} · {branch} · from {channel}</translation>
    </message>
    <message>
        <source>还没有消费记录</source>
        <translation>No purchases yet</translation>
    </message>
    <message>
        <source>会员号</source>
        <translation>Member number</translation>
    </message>
    <message>
        <source>介绍人</source>
        <translation>Referred by</translation>
    </message>
    <message>
        <source>外部编号</source>
        <translation>External id</translation>
    </message>
    <message>
        <source>已并入</source>
        <translation>Merged in</translation>
    </message>
    <message>
        <source>{what}（店长）</source>
        <translation>{what} (manager)</translation>
    </message>
    <message>
        <source>会员服务</source>
        <translation>Membership</translation>
    </message>
    <message>
        <source>同意</source>
        <translation>Agreed</translation>
    </message>
    <message>
        <source>未同意</source>
        <translation>Not agreed</translation>
    </message>
    <message>
        <source>{answer}·v{version}·{at}·{how}</source>
        <translation>{answer} · v{version} · {at} · {how}</translation>
    </message>
    <message>
        <source>口头</source>
        <translation>spoken</translation>
    </message>
    <message>
        <source>顾客屏</source>
        <translation>customer screen</translation>
    </message>
    <message>
        <source>书面</source>
        <translation>paper</translation>
    </message>
    <message>
        <source>已提出{what}，待总部确认</source>
        <translation>Asked for: {what}. Head office has to confirm</translation>
    </message>
    <message>
        <source>已冻结，不能积分和使用。可以在「资料」解冻</source>
        <translation>Frozen: no points are earned or used. Unfreeze under Profile</translation>
    </message>
    <message>
        <source>已注销，个人资料已经删除</source>
        <translation>Membership erased, personal data are gone</translation>
    </message>
    <message>
        <source>本机，已是最新</source>
        <translation>This counter, up to date</translation>
    </message>
    <message>
        <source>再按一次，{what}</source>
        <translation>Once more: {what}</translation>
    </message>
    <message>
        <source>号码换人了，改给这位会员</source>
        <translation>Number has a new owner: move it here</translation>
    </message>
    <message>
        <source>这个号码是另一位会员的。若号码已经换人，再按一次：从他那里取下，改给这位会员</source>
        <translation>Another member has this number. If it has a new owner, press again: it leaves the other and comes here</translation>
    </message>
    <message>
        <source>请先选原因</source>
        <translation>Choose a reason first</translation>
    </message>
    <message>
        <source>请选一位</source>
        <translation>Choose a member</translation>
    </message>
    <message>
        <source>还没有改动</source>
        <translation>Nothing changed yet</translation>
    </message>
    <message>
        <source>请输入标签</source>
        <translation>Type a tag</translation>
    </message>
    <message>
        <source>请输入积分</source>
        <translation>Type the points</translation>
    </message>
    <message>
        <source>加减多少积分</source>
        <translation>Points to add or take</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>手机号、后四位、姓名、会员号</source>
        <translation>Phone, last four, name, number</translation>
    </message>
    <message>
        <source>新手机号</source>
        <translation>New phone</translation>
    </message>
    <message>
        <source>{masked}，不改就不填</source>
        <translation>{masked}; leave empty to keep</translation>
    </message>
    <message>
        <source>如 05-20，或只填月份 05</source>
        <translation>Like 05-20, or the month 05 alone</translation>
    </message>
    <message>
        <source>{day} 合并</source>
        <translation>Merged {day}</translation>
    </message>
    <message>
        <source>本店没有可以授权的人</source>
        <translation>Nobody here can approve</translation>
    </message>
    <message>
        <source>请谁授权？</source>
        <translation>Who approves?</translation>
    </message>
    <message>
        <source>请{name}输入 PIN，同意{what}</source>
        <translation>{name}, type your PIN to approve: {what}</translation>
    </message>
    <message>
        <source>编辑资料</source>
        <translation>Edit profile</translation>
    </message>
    <message>
        <source>换手机号</source>
        <translation>Change phone</translation>
    </message>
    <message>
        <source>号码换人了</source>
        <translation>Number has a new owner</translation>
    </message>
    <message>
        <source>调整积分</source>
        <translation>Adjust points</translation>
    </message>
    <message>
        <source>冻结</source>
        <translation>Freeze</translation>
    </message>
    <message>
        <source>解冻</source>
        <translation>Unfreeze</translation>
    </message>
    <message>
        <source>查看完整号码</source>
        <translation>Show full number</translation>
    </message>
    <message>
        <source>合并会员</source>
        <translation>Merge members</translation>
    </message>
    <message>
        <source>拆开合并</source>
        <translation>Undo a merge</translation>
    </message>
    <message>
        <source>加标签</source>
        <translation>Add tag</translation>
    </message>
    <message>
        <source>登记短信同意</source>
        <translation>Record consent to messages</translation>
    </message>
    <message>
        <source>注销会员</source>
        <translation>Erase membership</translation>
    </message>
    <message>
        <source>只改要改的，其余照旧。</source>
        <translation>Change what is to change; the rest stays.</translation>
    </message>
    <message>
        <source>会员码、积分、券都不变，以后用新号码查找。</source>
        <translation>Code, points and coupons stay. He is found by the new number from now on.</translation>
    </message>
    <message>
        <source>号码现在是另一个人的。从这位会员取下号码，新顾客重新入会，看不到原来的积分。</source>
        <translation>Somebody else has this number now. It leaves this member; the new customer joins anew and never sees these points.</translation>
    </message>
    <message>
        <source>减积分请先输减号，如 -50。</source>
        <translation>To take points away, begin with a minus, like -50.</translation>
    </message>
    <message>
        <source>冻结后不能积分、不能用积分，资料和积分都留着。</source>
        <translation>A frozen member neither earns nor uses points; data and points are kept.</translation>
    </message>
    <message>
        <source>解冻后照常积分和使用。</source>
        <translation>He earns and uses points again.</translation>
    </message>
    <message>
        <source>谁、何时、为什么看过，都会记下来。</source>
        <translation>Who looked, when and why is recorded.</translation>
    </message>
    <message>
        <source>找另一张卡。合并后积分合计，两张会员码都能用。</source>
        <translation>Find the other card. Points are added up, and both codes keep working.</translation>
    </message>
    <message>
        <source>选要拆开的那一位。90 天内可以拆开。</source>
        <translation>Choose whom to separate. It can be undone for 90 days.</translation>
    </message>
    <message>
        <source>给这位会员加一个标签，如：靠窗座、对花生过敏。</source>
        <translation>Give this member a tag, such as: window seat, allergic to peanuts.</translation>
    </message>
    <message>
        <source>请对顾客说：「{words}」</source>
        <translation>Say to the customer: “{words}”</translation>
    </message>
    <message>
        <source>姓名、手机号等全部删除，不能恢复。账目去名保留。</source>
        <translation>Name, phone and the like are deleted for ever. The books are kept without the name.</translation>
    </message>
    <message>
        <source>{what}本机先提出，总部确认后生效。</source>
        <translation>{what} This counter asks; it counts once head office confirms.</translation>
    </message>
    <message>
        <source>其他原因</source>
        <translation>Another reason</translation>
    </message>
    <message>
        <source>会员要求</source>
        <translation>Member asks</translation>
    </message>
    <message>
        <source>补记消费</source>
        <translation>Missed purchase</translation>
    </message>
    <message>
        <source>投诉补偿</source>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>更正错误</source>
        <translation>Correction</translation>
    </message>
    <message>
        <source>疑似冒用</source>
        <translation>Suspected misuse</translation>
    </message>
    <message>
        <source>已核实</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>联系顾客</source>
        <translation>Contact customer</translation>
    </message>
    <message>
        <source>核对身份</source>
        <translation>Check identity</translation>
    </message>
    <message>
        <source>撤回同意</source>
        <translation>Consent withdrawn</translation>
    </message>
    <message>
        <source>提出，待总部确认</source>
        <translation>Ask head office</translation>
    </message>
    <message>
        <source>减 {points} 分</source>
        <translation>Take {points} points</translation>
    </message>
    <message>
        <source>加 {points} 分</source>
        <translation>Add {points} points</translation>
    </message>
    <message>
        <source>把{name}并入这位会员</source>
        <translation>Merge {name} into this member</translation>
    </message>
    <message>
        <source>拆开{name}</source>
        <translation>Separate {name}</translation>
    </message>
    <message>
        <source>已提出，待总部确认</source>
        <translation>Asked; head office has to confirm</translation>
    </message>
    <message>
        <source>没有改动</source>
        <translation>Nothing was changed</translation>
    </message>
    <message>
        <source>已完成：{what}</source>
        <translation>Done: {what}</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>换成这个号码</source>
        <translation>Change to this number</translation>
    </message>
    <message>
        <source>取下号码，重新入会</source>
        <translation>Take the number off, enroll anew</translation>
    </message>
    <message>
        <source>查看并记录</source>
        <translation>Show and record</translation>
    </message>
    <message>
        <source>加上</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>顾客已同意</source>
        <translation>The customer agrees</translation>
    </message>
    <message>
        <source>注销，不能恢复</source>
        <translation>Erase for ever</translation>
    </message>
</context>
<context>
    <name>MemberCard</name>
    <message>
        <source>欠分</source>
        <translation>Points owed</translation>
    </message>
    <message>
        <source>可用积分</source>
        <translation>Available</translation>
    </message>
    <message>
        <source>本机可兑</source>
        <translation>Redeemable here</translation>
    </message>
    <message>
        <source>离线可兑</source>
        <translation>Redeemable offline</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>储值</source>
        <translation>Stored value</translation>
    </message>
    <message>
        <source>更换会员</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>MemberScreen</name>
    <message>
        <source>会员资料</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回会员列表（Esc）</source>
        <translation>Back to the list (Esc)</translation>
    </message>
    <message>
        <source>用于收银 F4</source>
        <translation>Use on counter F4</translation>
    </message>
    <message>
        <source>存会员码 PDF</source>
        <translation>Save code as PDF</translation>
    </message>
    <message>
        <source>储值</source>
        <translation>Stored value</translation>
    </message>
    <message>
        <source>概览</source>
        <translation>Overview</translation>
    </message>
    <message>
        <source>流水</source>
        <translation>History</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>资料</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>隐私</source>
        <translation>Privacy</translation>
    </message>
</context>
<context>
    <name>MemberViewModel</name>
    <message>
        <source>已存到 {path}</source>
        <translation>Saved to {path}</translation>
    </message>
    <message>
        <source>会员码没有存成，请看磁盘是否已满</source>
        <translation>The code was not saved. Is the disk full?</translation>
    </message>
</context>
<context>
    <name>Members</name>
    <message>
        <source>30 天内来过</source>
        <translation>Here within 30 days</translation>
    </message>
    <message>
        <source>30 到 90 天没来</source>
        <translation>Away for 30 to 90 days</translation>
    </message>
    <message>
        <source>90 天以上没来</source>
        <translation>Away for over 90 days</translation>
    </message>
    <message>
        <source>没有消费过</source>
        <translation>Never bought</translation>
    </message>
    <message>
        <source>最近来过在前</source>
        <translation>Latest visit first</translation>
    </message>
    <message>
        <source>消费多的在前</source>
        <translation>Most spent first</translation>
    </message>
    <message>
        <source>新入会在前</source>
        <translation>Newest first</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>全部会员</source>
        <translation>All members</translation>
    </message>
</context>
<context>
    <name>MembersScreen</name>
    <message>
        <source>会员</source>
        <comment>place</comment>
        <translation>Members</translation>
    </message>
    <message>
        <source>筛选会员</source>
        <translation>Filter members</translation>
    </message>
    <message>
        <source>手机号、后四位、姓名、拼音、会员号</source>
        <translation>Phone, last four, name, pinyin, number</translation>
    </message>
    <message>
        <source>查找会员</source>
        <translation>Find a member</translation>
    </message>
</context>
<context>
    <name>MembersViewModel</name>
    <message>
        <source>共 {count} 位，列出前 {shown} 位</source>
        <translation>{count} members, the first {shown} are listed</translation>
    </message>
    <message>
        <source>共 {count} 位</source>
        <translation>{count} members</translation>
    </message>
    <message>
        <source>只列出最近来过的 {count} 位，请再多输入几个字</source>
        <translation>The latest {count} visitors only; type more</translation>
    </message>
    <message>
        <source>没有符合的会员</source>
        <translation>Nobody fits</translation>
    </message>
    <message>
        <source>换个筛选条件试试</source>
        <translation>Try another filter</translation>
    </message>
    <message>
        <source>没有找到会员</source>
        <translation>Nobody found</translation>
    </message>
    <message>
        <source>换后四位或姓名试试，或按 F3 新会员入会</source>
        <translation>Try the last four or the name, or press F3 to enroll</translation>
    </message>
    <message>
        <source>找一位会员</source>
        <translation>Find a member</translation>
    </message>
    <message>
        <source>输入手机号、后四位、姓名、拼音或会员号</source>
        <translation>Type a phone, last four, name, pinyin or member number</translation>
    </message>
</context>
<context>
    <name>NewForm</name>
    <message>
        <source>工号，例如 12</source>
        <translation>Staff code, such as 12</translation>
    </message>
    <message>
        <source>工号</source>
        <translation>Staff code</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>PanelHead</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回这一笔（Esc）</source>
        <translation>Back to the sale (Esc)</translation>
    </message>
</context>
<context>
    <name>Paying</name>
    <message>
        <source>这一单按商品计价，件数在「添加商品」里改</source>
        <translation>This sale is by goods: change the pieces under Add goods</translation>
    </message>
    <message>
        <source>已不用 {points} 分：{why}</source>
        <translation>{points} points are not used: {why}</translation>
    </message>
    <message>
        <source>这是会员的券，请先找会员</source>
        <translation>A member&apos;s coupon: find the member first</translation>
    </message>
    <message>
        <source>正在向总部取用储值…</source>
        <translation>Asking head office for the stored value…</translation>
    </message>
    <message>
        <source>现在用不了这些储值（需联网）</source>
        <translation>This stored value cannot be used now (no line)</translation>
    </message>
    <message>
        <source>正在向总部取用券…</source>
        <translation>Asking head office for the coupon…</translation>
    </message>
    <message>
        <source>正在向总部取用积分…</source>
        <translation>Asking head office for the points…</translation>
    </message>
    <message>
        <source>现在用不了这些积分（需联网），可以只积分</source>
        <translation>These points cannot be used now (no line); award only</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>PIN 已输入 {typed} 位，共 {all} 位</source>
        <translation>PIN: {typed} of {all} digits typed</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>已记账，小票未打印（{why}）。{then}</source>
        <translation>Recorded, but the receipt is not printed ({why}). {then}</translation>
    </message>
    <message>
        <source>已退货，退货单未打印（{why}）。{then}</source>
        <translation>Returned, but the slip is not printed ({why}). {then}</translation>
    </message>
    <message>
        <source>储值已记账，凭条未打印（{why}）。{then}</source>
        <translation>Recorded, but the value slip is not printed ({why}). {then}</translation>
    </message>
    <message>
        <source>已交班，交班单未打印（{why}）。{then}</source>
        <translation>The shift is closed, but its report is not printed ({why}). {then}</translation>
    </message>
    <message>
        <source>班次小结未打印（{why}）。{then}</source>
        <translation>The shift so far is not printed ({why}). {then}</translation>
    </message>
    <message>
        <source>会员码未打印（{why}）。{then}</source>
        <translation>The member code is not printed ({why}). {then}</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>printing</translation>
    </message>
    <message>
        <source>已打印</source>
        <translation>printed</translation>
    </message>
    <message>
        <source>已发送到打印机</source>
        <translation>sent to the printer</translation>
    </message>
    <message>
        <source>小票未打印</source>
        <translation>not printed</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>打印机正常</source>
        <translation>Printer ready</translation>
    </message>
    <message>
        <source>打印机状态未知</source>
        <translation>Printer: state unknown</translation>
    </message>
    <message>
        <source>打印机{why}</source>
        <translation>Printer: {why}</translation>
    </message>
    <message>
        <source>上次断电时小票正在打印。最后一笔已记账，小票没打完就点 补打</source>
        <translation>The power went while a receipt was printing. The last sale is recorded; if its receipt is not whole, tap Reprint</translation>
    </message>
    <message>
        <source>最后一笔已记账，小票上次没有打印。要打印就点 补打</source>
        <translation>The last sale is recorded, but its receipt was not printed. To print it, tap Reprint</translation>
    </message>
    <message>
        <source>缺纸</source>
        <translation>out of paper</translation>
    </message>
    <message>
        <source>盖子没合上</source>
        <translation>cover open</translation>
    </message>
    <message>
        <source>二维码太大</source>
        <translation>code too large</translation>
    </message>
    <message>
        <source>连不上</source>
        <translation>not reached</translation>
    </message>
    <message>
        <source>报错</source>
        <translation>reports an error</translation>
    </message>
    <message>
        <source>装纸后点 补打</source>
        <translation>Load paper, then tap Print again</translation>
    </message>
    <message>
        <source>合上盖子后点 补打</source>
        <translation>Close the cover, then tap Print again</translation>
    </message>
    <message>
        <source>检查打印机后点 补打</source>
        <translation>Check the printer, then tap Print again</translation>
    </message>
</context>
<context>
    <name>PrivacyTab</name>
    <message>
        <source>撤回短信同意</source>
        <translation>Withdraw consent to messages</translation>
    </message>
    <message>
        <source>资料改动</source>
        <translation>Changes of the profile</translation>
    </message>
</context>
<context>
    <name>ProgramScreen</name>
    <message>
        <source>积分方案</source>
        <translation>Loyalty program</translation>
    </message>
    <message>
        <source>规则</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>试一试</source>
        <translation>Try a basket</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回收银台（Esc）</source>
        <translation>Back to the counter (Esc)</translation>
    </message>
</context>
<context>
    <name>ProgramViewModel</name>
    <message>
        <source>版本</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>第 {version} 版，{day} 起</source>
        <translation>Version {version}, from {day} on</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>输入金额，看看得多少分</source>
        <translation>Type an amount to see its points</translation>
    </message>
    <message>
        <source>商品合计</source>
        <translation>Goods</translation>
    </message>
    <message>
        <source>优惠</source>
        <translation>Taken off</translation>
    </message>
    <message>
        <source>应付</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>{points} 积分</source>
        <translation>{points} points</translation>
    </message>
    <message>
        <source>获得</source>
        <translation>Earned</translation>
    </message>
    <message>
        <source>为什么是 {points} 分</source>
        <translation>Why {points} points</translation>
    </message>
    <message>
        <source>价格怎么算的</source>
        <translation>How the price came about</translation>
    </message>
    <message>
        <source>非会员</source>
        <translation>No member</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>{mark}：{day} 起</source>
        <translation>{mark}: from {day} on</translation>
    </message>
    <message>
        <source>{mark}：{day} 起，{at} 发布 {who}</source>
        <translation>{mark}: from {day} on, published {at} {who}</translation>
    </message>
    <message>
        <source>{line}（现行）</source>
        <translation>{line} (in force)</translation>
    </message>
</context>
<context>
    <name>Proving</name>
    <message>
        <source>不对，还可试 {left} 次</source>
        <translation>Not right. Tries left: {left}</translation>
    </message>
    <message>
        <source>核验会员本人</source>
        <translation>Prove the member</translation>
    </message>
    <message>
        <source>请{name}输入 PIN，同意这一笔用积分</source>
        <translation>{name}, type your PIN to approve the points of this sale</translation>
    </message>
    <message>
        <source>抵扣满 {amount} 要核验。</source>
        <translation>From {amount} on a proof is needed. </translation>
    </message>
    <message>
        <source>请顾客在顾客屏输入手机号中间四位，或请谁授权？</source>
        <translation>Let the customer type the middle four digits on his screen, or who approves?</translation>
    </message>
    <message>
        <source>顾客屏没有核验成，请谁授权？</source>
        <translation>Not proved on the customer&apos;s screen. Who approves?</translation>
    </message>
    <message>
        <source>号码是您输入的，中间四位不算核验，请谁授权？</source>
        <translation>You typed the number, so its digits prove nothing. Who approves?</translation>
    </message>
    <message>
        <source>请谁授权？</source>
        <translation>Who approves?</translation>
    </message>
    <message>
        <source>本店没有可以授权的人</source>
        <translation>Nobody here can approve</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>收银台</source>
        <translation>Counter</translation>
    </message>
    <message>
        <source>会员</source>
        <comment>place</comment>
        <translation>Members</translation>
    </message>
    <message>
        <source>交易</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>锁屏</source>
        <translation>Lock</translation>
    </message>
</context>
<context>
    <name>ReceiptScans</name>
    <message>
        <source>小票码没读完整，请把小票放平再扫一次。</source>
        <translation>The receipt&apos;s code was not read whole. Lay the receipt flat and scan again.</translation>
    </message>
    <message>
        <source>这个小票码不是本店任何柜台打印的，可能是伪造的。不要退款，请找店长。</source>
        <translation>No counter of this shop printed this code; it may be forged. Pay nothing back, ask the manager.</translation>
    </message>
    <message>
        <source>本店没有这一笔，可能是别家店的小票。</source>
        <translation>This shop has no such sale; the receipt may be another shop&apos;s.</translation>
    </message>
    <message>
        <source>本机还没有这一笔，已经去问总部。连上总部以后再扫一次，就能退。</source>
        <translation>This counter does not have the sale yet and asks head office for it. Scan again once the line is there, then goods can come back.</translation>
    </message>
    <message>
        <source>小票是真的，但本机还没有这一笔，已经去问总部。连上总部以后再扫一次，就能退。</source>
        <translation>The receipt is genuine, but this counter does not have the sale yet and asks head office for it. Scan again once the line is there, then goods can come back.</translation>
    </message>
    <message numerus="yes">
        <source>{branch}，{day}，实付 {due}，%n 件。</source>
        <translation>
            <numerusform>{branch}, {day}, paid {due}, %n piece. </numerusform>
            <numerusform>{branch}, {day}, paid {due}, %n pieces. </numerusform>
        </translation>
    </message>
    <message>
        <source>别的门店</source>
        <translation>Another branch</translation>
    </message>
    <message>
        <source>小票</source>
        <translation>Receipt</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>规则不允许，什么也没有改动。</source>
        <translation>The rules do not allow this; nothing was changed.</translation>
    </message>
    <message>
        <source>这是银行卡，请用会员码。卡号没有保存。</source>
        <translation>This is a bank card, please use the member code. The number was not kept.</translation>
    </message>
    <message>
        <source>这是身份证，请用会员码。号码没有保存。</source>
        <translation>This is an identity card, please use the member code. The number was not kept.</translation>
    </message>
    <message>
        <source>这是付款码，请用会员码。付款码没有保存。</source>
        <translation>This is a payment code, please use the member code. The code was not kept.</translation>
    </message>
    <message>
        <source>请输入手机号</source>
        <translation>Type the phone number</translation>
    </message>
    <message>
        <source>号码少 {digits} 位</source>
        <translation>Digits still missing: {digits}</translation>
    </message>
    <message>
        <source>号码多 {digits} 位</source>
        <translation>Digits too many: {digits}</translation>
    </message>
    <message>
        <source>没有这样的号段，请核对号码</source>
        <translation>There is no such number range, please check the number</translation>
    </message>
    <message>
        <source>这不是手机号，请核对</source>
        <translation>This is not a mobile number, please check</translation>
    </message>
    <message>
        <source>超过本单上限 {limit}，最多可用 {largest} 分</source>
        <translation>Over this sale&apos;s limit of {limit}: at most {largest} points</translation>
    </message>
    <message>
        <source>还差 {missing} 才能用积分</source>
        <translation>{missing} more is needed before points can be used</translation>
    </message>
    <message>
        <source>积分不足 {minimum} 分起兑</source>
        <translation>Points can be used from {minimum} on</translation>
    </message>
    <message>
        <source>抵扣满 {above} 要核验会员本人，或请店长授权</source>
        <translation>From {above} on the member has to prove himself, or a manager approves</translation>
    </message>
    <message>
        <source>该会员已冻结，请找店长。</source>
        <translation>This member is frozen, please ask the manager.</translation>
    </message>
    <message>
        <source>该会员已注销，可以重新入会。</source>
        <translation>This membership was erased; the customer may enroll again.</translation>
    </message>
    <message>
        <source>会员码没读完整，请再扫一次</source>
        <translation>The member code was not read whole, please scan again</translation>
    </message>
    <message>
        <source>该手机号已是会员</source>
        <translation>This phone is a member already</translation>
    </message>
    <message>
        <source>本机没有这个会员</source>
        <translation>This counter does not know this member</translation>
    </message>
    <message>
        <source>有一项填得不对，请核对</source>
        <translation>One entry is not right, please check</translation>
    </message>
    <message>
        <source>本店积分不抵现</source>
        <translation>This shop does not take points as money</translation>
    </message>
    <message>
        <source>每次按 {step} 分一份使用，最多 {largest} 分</source>
        <translation>Points are used in steps of {step}, at most {largest}</translation>
    </message>
    <message>
        <source>积分不够，最多可用 {largest} 分</source>
        <translation>Not enough points: at most {largest}</translation>
    </message>
    <message>
        <source>本机离线最多可用 {largest} 分，需联网才能多用</source>
        <translation>Offline this counter may use {largest} points at most; more needs the line</translation>
    </message>
    <message>
        <source>超过应付金额，最多可用 {largest} 分</source>
        <translation>More than is due; at most {largest} points</translation>
    </message>
    <message>
        <source>已过两分钟，不能撤销，请找店长作废</source>
        <translation>Two minutes have passed: it cannot be undone, ask the manager to void it</translation>
    </message>
    <message>
        <source>这一笔已经撤销、作废或退完了</source>
        <translation>This sale has already been undone, voided or returned in full</translation>
    </message>
    <message>
        <source>只能在记账的那台机器上撤销</source>
        <translation>Only the counter that recorded it can undo it</translation>
    </message>
    <message>
        <source>需要店长授权</source>
        <translation>The manager must approve</translation>
    </message>
    <message>
        <source>您的角色不能做这一步</source>
        <translation>Your role may not do this</translation>
    </message>
    <message>
        <source>现在没有开着的班次，不用交班</source>
        <translation>No shift is open; there is nothing to close</translation>
    </message>
    <message>
        <source>班次是别人开的，请本人、班长或店长交班</source>
        <translation>Somebody else opened the shift. Only they, a shift lead or a manager may close it</translation>
    </message>
    <message>
        <source>这一笔的凭据不在本机，不能在这里补打</source>
        <translation>This receipt is not at this counter and cannot be printed again here</translation>
    </message>
    <message>
        <source>这张收银小票今天已经积过分</source>
        <translation>This till receipt has earned points today already</translation>
    </message>
    <message>
        <source>还差 {missing} 可用</source>
        <translation>{missing} more to use it</translation>
    </message>
    <message>
        <source>已过期，最后一天是 {day}</source>
        <translation>It ended on {day}</translation>
    </message>
    <message>
        <source>{day} 起可用</source>
        <translation>Good from {day}</translation>
    </message>
    <message>
        <source>没有这张券能用的商品</source>
        <translation>No goods here that it is good for</translation>
    </message>
    <message>
        <source>使用条件没达到</source>
        <translation>What it asks for is not met</translation>
    </message>
    <message>
        <source>每位会员限 {limit} 张，已用完</source>
        <translation>{limit} a member, all of them used</translation>
    </message>
    <message>
        <source>总共限 {limit} 张，已用完</source>
        <translation>{limit} in all, all of them used</translation>
    </message>
    <message>
        <source>这个优惠码已用完</source>
        <translation>This code is used up</translation>
    </message>
    <message>
        <source>这位会员已用过这个优惠码</source>
        <translation>This member has used this code</translation>
    </message>
    <message>
        <source>会员才能用，请先找会员</source>
        <translation>For members: find the member first</translation>
    </message>
    <message>
        <source>储值不够，余额 {balance}</source>
        <translation>Not enough stored value: {balance} there</translation>
    </message>
    <message>
        <source>本机现在最多可用储值 {largest}，其余是在别处充的，需联网</source>
        <translation>{largest} of stored value at most here; the rest needs the line</translation>
    </message>
    <message>
        <source>储值超过应付金额，最多用 {largest}</source>
        <translation>More than is due: {largest} of stored value at most</translation>
    </message>
    <message>
        <source>余额已到上限 {most}，不能再充</source>
        <translation>The balance is at its limit of {most}</translation>
    </message>
    <message>
        <source>超过余额上限 {most}，最多可充 {largest}</source>
        <translation>Above the limit of {most}: {largest} at most</translation>
    </message>
    <message>
        <source>这笔充值已用掉一部分，本金还有 {left}，不能整笔退回</source>
        <translation>Part of this top-up was spent ({left} left); it cannot be taken back whole</translation>
    </message>
    <message>
        <source>最多可退本金 {largest}</source>
        <translation>{largest} can be paid out at most</translation>
    </message>
    <message>
        <source>请先录入赠品 {sku}</source>
        <translation>Add the gift {sku} first</translation>
    </message>
    <message>
        <source>没有这张券</source>
        <translation>There is no such coupon</translation>
    </message>
    <message>
        <source>这张券已经在用了</source>
        <translation>This coupon is in use already</translation>
    </message>
    <message>
        <source>顾客手里没有可用的这种券</source>
        <translation>The customer holds no such coupon</translation>
    </message>
    <message>
        <source>这张券是别的会员的，不能转让</source>
        <translation>Another member&apos;s coupon; it cannot be passed on</translation>
    </message>
    <message>
        <source>这张券已经用过</source>
        <translation>This coupon was used before</translation>
    </message>
    <message>
        <source>别的柜台发的券，需联网才能用</source>
        <translation>Issued at another counter; it needs the line</translation>
    </message>
    <message>
        <source>这张券已作废</source>
        <translation>This coupon is void</translation>
    </message>
    <message>
        <source>这一单没有可减的</source>
        <translation>Nothing here for it to take off</translation>
    </message>
    <message>
        <source>没有这个优惠码</source>
        <translation>There is no such code</translation>
    </message>
    <message>
        <source>本店没有储值</source>
        <translation>This shop keeps no stored value</translation>
    </message>
    <message>
        <source>没有这笔充值，或已经退回</source>
        <translation>No such top-up, or it was taken back</translation>
    </message>
    <message>
        <source>没有本金可退，赠金不退</source>
        <translation>Nothing paid in to pay out; bonus is not paid out</translation>
    </message>
    <message>
        <source>付款合计与应付不符，请再按一次</source>
        <translation>The payment does not match what is due; press again</translation>
    </message>
    <message>
        <source>请选一个原因</source>
        <translation>Choose a reason</translation>
    </message>
    <message>
        <source>第 {line} 行最多还能退 {largest} 件</source>
        <translation>At most {largest} of line {line} can still come back</translation>
    </message>
    <message>
        <source>最多还能退 {largest}</source>
        <translation>At most {largest} can still be refunded</translation>
    </message>
    <message>
        <source>钱原路退回，这种方式最多退 {largest}</source>
        <translation>Money goes back the way it came: at most {largest} this way</translation>
    </message>
    <message>
        <source>应退 {due}，分配的是 {refunded}，请核对</source>
        <translation>{due} is due, but {refunded} was given; please check</translation>
    </message>
    <message>
        <source>只能在消费当天补会员，这一笔是 {day} 的</source>
        <translation>A member is added on the day of the sale only; this one is of {day}</translation>
    </message>
    <message>
        <source>这一笔已经退过 {returned}，不能再补会员</source>
        <translation>{returned} of this sale came back, so no member can be added</translation>
    </message>
    <message>
        <source>没有这一笔消费</source>
        <translation>There is no such sale</translation>
    </message>
    <message>
        <source>本机没有这一笔消费，连上总部后再退</source>
        <translation>This counter does not have the sale; return it once head office is reached</translation>
    </message>
    <message>
        <source>这一笔不是这位会员的消费</source>
        <translation>This sale is not this member&apos;s</translation>
    </message>
    <message>
        <source>这是旧系统的退货记录，不能再退</source>
        <translation>This is a return from the former system and cannot be returned</translation>
    </message>
    <message>
        <source>这一笔没有这样的商品，请重新打开</source>
        <translation>The sale has no such line; please open it again</translation>
    </message>
    <message>
        <source>请选择要退的商品或金额</source>
        <translation>Choose what comes back, or an amount</translation>
    </message>
    <message>
        <source>这一笔有商品明细，请按商品退</source>
        <translation>This sale has items; return it by item</translation>
    </message>
    <message>
        <source>这一笔已经有会员</source>
        <translation>This sale already has a member</translation>
    </message>
    <message>
        <source>顾客的小票不是这一笔的，请核对</source>
        <translation>The customer&apos;s receipt is not of this sale; please check</translation>
    </message>
    <message>
        <source>请先选一个原因</source>
        <translation>Choose a reason first</translation>
    </message>
    <message>
        <source>一次最多加减 {largest} 分</source>
        <translation>At most {largest} points at a time</translation>
    </message>
    <message>
        <source>生日填得不对，如 05-20</source>
        <translation>Not a birthday; write it like 05-20</translation>
    </message>
    <message>
        <source>请先写原因</source>
        <translation>A reason is needed first</translation>
    </message>
    <message>
        <source>这两张卡已经是同一位会员</source>
        <translation>Both cards are one member already</translation>
    </message>
    <message>
        <source>这位会员没有合并过</source>
        <translation>This member was not merged</translation>
    </message>
    <message>
        <source>合并已过 90 天，不能拆开</source>
        <translation>The merge is older than 90 days and cannot be undone</translation>
    </message>
    <message>
        <source>已经提出过，等总部确认</source>
        <translation>Asked before; head office has not answered yet</translation>
    </message>
    <message>
        <source>这位会员已经注销</source>
        <translation>This membership is erased already</translation>
    </message>
    <message>
        <source>这一步由总部决定</source>
        <translation>Head office decides this</translation>
    </message>
</context>
<context>
    <name>ReportScreen</name>
    <message>
        <source>日报</source>
        <translation>Day report</translation>
    </message>
    <message>
        <source>前一天</source>
        <translation>Day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>Day after</translation>
    </message>
    <message>
        <source>存成 PDF</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>存成 CSV</source>
        <translation>Save as CSV</translation>
    </message>
</context>
<context>
    <name>ReportTabs</name>
    <message>
        <source>概览</source>
        <translation>Overview</translation>
    </message>
</context>
<context>
    <name>ReportViewModel</name>
    <message>
        <source>付款方式</source>
        <translation>Payments</translation>
    </message>
    <message>
        <source>分类</source>
        <translation>Categories</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashiers</translation>
    </message>
    <message>
        <source>柜台</source>
        <translation>Counters</translation>
    </message>
    <message>
        <source>班次</source>
        <translation>Shifts</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>已存到 {path}</source>
        <translation>Saved to {path}</translation>
    </message>
    <message>
        <source>文件没有存成，请看磁盘是否已满</source>
        <translation>The file was not saved. Is the disk full?</translation>
    </message>
</context>
<context>
    <name>Restoring</name>
    <message>
        <source>这不是备份文件，请另选一个。什么也没有改动。</source>
        <translation>This is no backup; choose another. Nothing was changed.</translation>
    </message>
    <message>
        <source>这份备份已损坏，请另选一个。什么也没有改动。</source>
        <translation>This backup is damaged; choose another. Nothing was changed.</translation>
    </message>
    <message>
        <source>缺这份备份的钥匙（.key）。把它放在备份旁边再试。什么也没有改动。</source>
        <translation>The key of this backup (.key) is missing. Put it beside the backup and try again. Nothing was changed.</translation>
    </message>
    <message>
        <source>这份备份由更新的版本写成，请先安装新版本。</source>
        <translation>A newer version made this backup; install that first.</translation>
    </message>
</context>
<context>
    <name>ResultList</name>
    <message numerus="yes">
        <source>%n 条结果</source>
        <translation>
            <numerusform>%n result</numerusform>
            <numerusform>%n results</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Return</name>
    <message>
        <source>质量问题</source>
        <translation>Faulty</translation>
    </message>
    <message>
        <source>不合适</source>
        <translation>Does not fit</translation>
    </message>
    <message>
        <source>买错了</source>
        <translation>Wrong item</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>{at}，{due}，{who}，已退 {back}</source>
        <translation>{at}, {due}, {who}, {back} returned before</translation>
    </message>
    <message>
        <source>{at}，{due}，{who}</source>
        <translation>{at}, {due}, {who}</translation>
    </message>
    <message>
        <source>非会员</source>
        <translation>no member</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>实付 {amount}，已退 {back} 件</source>
        <translation>Paid {amount}, {back} returned before</translation>
    </message>
    <message>
        <source>实付 {amount}</source>
        <translation>Paid {amount}</translation>
    </message>
    <message>
        <source>退款金额</source>
        <translation>Refund</translation>
    </message>
    <message>
        <source>最多 {rest}</source>
        <translation>At most {rest}</translation>
    </message>
    <message>
        <source>全部退</source>
        <translation>All of it</translation>
    </message>
    <message>
        <source>退款 {amount}，收回 {points} 分</source>
        <translation>Refund {amount}, take back {points} points</translation>
    </message>
    <message>
        <source>退款 {amount}</source>
        <translation>Refund {amount}</translation>
    </message>
    <message>
        <source>已退款 {amount}，收回 {points} 分，其中 {owed} 分记为欠分</source>
        <translation>Refunded {amount}, took back {points} points, {owed} of them owed</translation>
    </message>
    <message>
        <source>已退款 {amount}，收回 {points} 分，退还 {back} 分</source>
        <translation>Refunded {amount}, took back {points} points, gave back {back}</translation>
    </message>
    <message>
        <source>已退款 {amount}，收回 {points} 分</source>
        <translation>Refunded {amount}, took back {points} points</translation>
    </message>
    <message>
        <source>已退款 {amount}</source>
        <translation>Refunded {amount}</translation>
    </message>
    <message>
        <source>退回{tender}</source>
        <translation>Back by {tender}</translation>
    </message>
    <message>
        <source>退款</source>
        <translation>Refund</translation>
    </message>
    <message>
        <source>收回积分</source>
        <translation>Points taken back</translation>
    </message>
    <message>
        <source>其中已经到期</source>
        <translation>of these already expired</translation>
    </message>
    <message>
        <source>积分不够，记为欠分</source>
        <translation>Not enough points: owed</translation>
    </message>
    <message>
        <source>退还用掉的积分</source>
        <translation>Spent points given back</translation>
    </message>
    <message>
        <source>其中联网后才能用</source>
        <translation>of these usable once online</translation>
    </message>
    <message>
        <source>退回 {count} 张</source>
        <translation>{count} given back</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>不退回</source>
        <translation>Not given back</translation>
    </message>
</context>
<context>
    <name>ReturnScreen</name>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>原因，可不选</source>
        <translation>Reason, may be left out</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回交易，不退货（Esc）</source>
        <translation>Back to the sales, nothing returned (Esc)</translation>
    </message>
    <message>
        <source>全部退</source>
        <translation>Everything</translation>
    </message>
    <message>
        <source>都不退</source>
        <translation>Nothing</translation>
    </message>
    <message>
        <source>都不退，重新选商品</source>
        <translation>Nothing, choose the items anew</translation>
    </message>
</context>
<context>
    <name>ReturnViewModel</name>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>请输入退款金额</source>
        <translation>Type the amount to refund</translation>
    </message>
    <message>
        <source>请选要退的商品</source>
        <translation>Choose what comes back</translation>
    </message>
</context>
<context>
    <name>SafeMode</name>
    <message>
        <source>柜台没有打开</source>
        <translation>The counter did not open</translation>
    </message>
    <message>
        <source>数据目录：{home}</source>
        <translation>Data folder: {home}</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>柜台会员</source>
        <translation>Guitai</translation>
    </message>
    <message>
        <source>选择备份文件…</source>
        <translation>Choose a backup file…</translation>
    </message>
    <message>
        <source>导出待传数据（交给总部）</source>
        <translation>Save the unsent data (for head office)</translation>
    </message>
    <message>
        <source>正在恢复，请不要关机…</source>
        <translation>Restoring; keep the machine on…</translation>
    </message>
    <message>
        <source>正在导出…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>已恢复：{members} 位会员，{sales} 笔消费。备份以后的请按小票补记。原来的文件还留着。</source>
        <translation>Restored: {members} members, {sales} sales. Record from the receipts what came after the backup. The old file is kept.</translation>
    </message>
    <message>
        <source>打开柜台</source>
        <translation>Open the counter</translation>
    </message>
    <message>
        <source>已把 {count} 笔存到 {path}，请交给总部。</source>
        <translation>{count} acts saved as {path}; hand them to head office.</translation>
    </message>
    <message>
        <source>备份</source>
        <translation>Backup</translation>
    </message>
    <message>
        <source>选择备份文件</source>
        <translation>Choose a backup file</translation>
    </message>
    <message>
        <source>恢复 {at} 的备份：{members} 位会员，{sales} 笔</source>
        <translation>Restore the backup of {at}: {members} members, {sales} sales</translation>
    </message>
</context>
<context>
    <name>SafeScreen</name>
    <message>
        <source>柜台会员</source>
        <translation>Guitai</translation>
    </message>
    <message>
        <source>程序出错，需要重新打开</source>
        <translation>The program has to start again</translation>
    </message>
    <message>
        <source>已确认的每一笔都在，没有确认的那一笔没有记账。出错的经过已写进本机日志，请告知店长。</source>
        <translation>Everything confirmed is there; what was not confirmed was not recorded. What went wrong is in the log of this machine. Please tell the manager.</translation>
    </message>
    <message>
        <source>重新打开</source>
        <translation>Start again</translation>
    </message>
</context>
<context>
    <name>SaleColumn</name>
    <message>
        <source>请扫会员码，或输入手机号 / 后四位</source>
        <translation>Scan a member code, or type a phone or its last four digits</translation>
    </message>
    <message>
        <source>没有会员也能收银：点一下金额</source>
        <translation>No member? Touch the amount to sell without one</translation>
    </message>
</context>
<context>
    <name>Sales</name>
    <message>
        <source>金额输错</source>
        <translation>Wrong amount</translation>
    </message>
    <message>
        <source>重复记账</source>
        <translation>Entered twice</translation>
    </message>
    <message>
        <source>顾客不要了</source>
        <translation>Not wanted</translation>
    </message>
    <message>
        <source>{points} 积分</source>
        <translation>{points} points</translation>
    </message>
    <message>
        <source>非会员</source>
        <translation>No member</translation>
    </message>
    <message>
        <source>另有 {count} 种</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>获得</source>
        <translation>Earned</translation>
    </message>
    <message>
        <source>用掉积分</source>
        <translation>Points used</translation>
    </message>
    <message>
        <source>收银小票</source>
        <translation>Till receipt</translation>
    </message>
    <message>
        <source>收银</source>
        <translation>Sold at</translation>
    </message>
    <message>
        <source>最近 {count} 笔</source>
        <translation>Latest {count}</translation>
    </message>
    <message>
        <source>{count} 笔</source>
        <translation>Sales: {count}</translation>
    </message>
    <message>
        <source>已撤销</source>
        <translation>Undone</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>导入已撤回</source>
        <translation>Import reverted</translation>
    </message>
    <message>
        <source>已全退</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>已退 {back}</source>
        <translation>{back} returned</translation>
    </message>
    <message>
        <source>补会员</source>
        <translation>Member added</translation>
    </message>
    <message>
        <source>退货 {at}</source>
        <translation>Return {at}</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
</context>
<context>
    <name>SalesScreen</name>
    <message>
        <source>交易</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>收银小票号，或交易编号</source>
        <translation>Till receipt, or sale id</translation>
    </message>
    <message>
        <source>查找交易</source>
        <translation>Find a sale</translation>
    </message>
    <message>
        <source>更早的</source>
        <translation>Older ones</translation>
    </message>
</context>
<context>
    <name>SalesViewModel</name>
    <message>
        <source>今天本机</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>{name} 的</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>补会员</source>
        <translation>Add member</translation>
    </message>
    <message>
        <source>这一笔已经撤销或作废</source>
        <translation>Already undone or voided</translation>
    </message>
    <message>
        <source>这一笔已经全部退了</source>
        <translation>Already returned in full</translation>
    </message>
    <message>
        <source>退货，最多 {rest}</source>
        <translation>Return up to {rest}</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>还没有交易</source>
        <translation>No sales yet</translation>
    </message>
    <message>
        <source>核对小票号。更早的小票、别的店的交易，从会员的流水里找</source>
        <translation>Check the number. Older receipts and other branches&apos; sales are in the member&apos;s history</translation>
    </message>
    <message>
        <source>收银台记下的每一笔都会列在这里</source>
        <translation>Every sale recorded at this counter is listed here</translation>
    </message>
    <message>
        <source>已撤销 {amount}</source>
        <translation>{amount} undone</translation>
    </message>
</context>
<context>
    <name>Scans</name>
    <message>
        <source>会员码没读完整，请再扫一次</source>
        <translation>The member code was not read whole, please scan again</translation>
    </message>
    <message>
        <source>这是小票码，不是会员码，请扫会员码</source>
        <translation>This is a receipt code, not a member code: please scan a member code</translation>
    </message>
    <message>
        <source>已收到扫码，记完这一笔就处理</source>
        <translation>Scan received: it follows when this sale is recorded</translation>
    </message>
    <message>
        <source>本机不认识这个码，什么也没有改动</source>
        <translation>This machine does not know this code. Nothing was changed</translation>
    </message>
    <message>
        <source>本机不认识这个码，现在问不到总部。什么也没有改动</source>
        <translation>This machine does not know this code, and head office does not answer. Nothing was changed</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>ShellViewModel</name>
    <message>
        <source>未开班</source>
        <translation>No shift</translation>
    </message>
    <message>
        <source>班次 #{number}</source>
        <translation>Shift #{number}</translation>
    </message>
    <message>
        <source>这台柜台没有接总部，自己就是账本。所有数据在本机，已加密保存。</source>
        <translation>This counter has no head office and keeps the book itself. All data is on this machine, encrypted.</translation>
    </message>
    <message numerus="yes">
        <source>%n 笔还没有上传，都在本机，已加密保存。</source>
        <translation>
            <numerusform>%n record is still to be sent; it is on this machine, encrypted.</numerusform>
            <numerusform>%n records are still to be sent; they are on this machine, encrypted.</numerusform>
        </translation>
    </message>
    <message>
        <source>正在从总部取会员资料。收银照常；断了会接着取，不用重来。</source>
        <translation>The members are coming from head office. Sales go on; what was cut off goes on where it was.</translation>
    </message>
    <message>
        <source>与总部连接正常。</source>
        <translation>Connected to head office. </translation>
    </message>
    <message>
        <source>现在连不上总部。收银照常，连上后自动上传。</source>
        <translation>Head office cannot be reached now. Selling goes on; everything is sent when the line is back. </translation>
    </message>
    <message>
        <source>扫码枪没有插好，或者被别的程序占着。插好以后自动接上，不用重开。现在请输入手机号或后四位。</source>
        <translation>The scanner is unplugged, or another program holds its port. It is found again by itself once it is back. Until then type the phone or its last four digits.</translation>
    </message>
    <message>
        <source>在任何页面扫会员码都有效，不用先点哪里。扫码枪要设成键盘方式，以回车结尾。扫不上时，输入手机号或后四位也能找到会员。</source>
        <translation>A member&apos;s code can be scanned on any page, without touching anything first. The scanner works as a keyboard and ends with Enter. If a code does not scan, type the phone or its last four digits.</translation>
    </message>
    <message>
        <source>顾客屏没有插好或没有通电。收银照常，插好以后自动接着显示。</source>
        <translation>The customer display is unplugged or has no power. Selling goes on; it shows again by itself once it is back.</translation>
    </message>
    <message>
        <source>小票在记账以后打印，打印机不好时收银照常。只有打印机回答打完了，才说已打印；不会回答的打印机，只说已发送。补打按 F8。</source>
        <translation>Receipts are printed after the sale is recorded; selling goes on whatever the printer does. Printed is said only when the printer answered that it is done; a printer that cannot answer was sent the receipt. F8 prints it again.</translation>
    </message>
    <message>
        <source>单店·数据在本机</source>
        <translation>Single shop</translation>
    </message>
    <message numerus="yes">
        <source>在线·%n 笔待上传</source>
        <translation>
            <numerusform>Online·%n to send</numerusform>
            <numerusform>Online·%n to send</numerusform>
        </translation>
    </message>
    <message>
        <source>在线</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message numerus="yes">
        <source>离线·%n 笔待上传</source>
        <translation>
            <numerusform>Offline·%n to send</numerusform>
            <numerusform>Offline·%n to send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>已离线 {span}·%n 笔待上传</source>
        <translation>
            <numerusform>Offline {span}·%n to send</numerusform>
            <numerusform>Offline {span}·%n to send</numerusform>
        </translation>
    </message>
    <message>
        <source>首次同步·总部准备中</source>
        <translation>First load·being prepared</translation>
    </message>
    <message>
        <source>首次同步·已取 {percent}%</source>
        <translation>First load·{percent}% here</translation>
    </message>
    <message>
        <source>首次同步·正在写入</source>
        <translation>First load·being written</translation>
    </message>
    <message numerus="yes">
        <source>%n 条待处理</source>
        <translation>
            <numerusform>%n to decide</numerusform>
            <numerusform>%n to decide</numerusform>
        </translation>
    </message>
    <message>
        <source>顾客屏未连接</source>
        <translation>Display not connected</translation>
    </message>
    <message>
        <source>扫码枪未连接</source>
        <translation>Scanner not connected</translation>
    </message>
    <message>
        <source>扫码枪正常</source>
        <translation>Scanner OK</translation>
    </message>
    <message>
        <source>扫码枪待扫</source>
        <translation>Scanner idle</translation>
    </message>
    <message>
        <source>{seconds} 秒后锁屏，动一下就继续</source>
        <translation>Locks in {seconds} s; touch anything to go on</translation>
    </message>
    <message>
        <source>总部已停用本机。数据在本机，不会丢，请告知店长</source>
        <translation>Head office has stopped this counter. Its data is safe here. Tell the manager</translation>
    </message>
    <message>
        <source>已 {span} 未上传。数据在本机安全，请告知店长</source>
        <translation>Nothing sent for {span}. The data is safe here. Tell the manager</translation>
    </message>
    <message>
        <source>已 {span} 未上传。积分照记，数据在本机安全，请马上告知店长</source>
        <translation>Nothing sent for {span}. Points are still recorded and safe here. Tell the manager now</translation>
    </message>
</context>
<context>
    <name>Shift</name>
    <message>
        <source>班次 #{number}，{since} 开班，{name}</source>
        <translation>Shift #{number}, opened {since} by {name}</translation>
    </message>
    <message>
        <source>班次 #{number}，{since} 开班</source>
        <translation>Shift #{number}, opened {since}</translation>
    </message>
    <message>
        <source>销售</source>
        <translation>Sales</translation>
    </message>
    <message>
        <source>其中会员</source>
        <translation>To members</translation>
    </message>
    <message>
        <source>撤销和作废</source>
        <translation>Undone and voided</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Returns</translation>
    </message>
    <message>
        <source>开班备用金</source>
        <translation>Opening float</translation>
    </message>
    <message>
        <source>储值收付现金</source>
        <translation>Cash for stored value</translation>
    </message>
    <message>
        <source>放入现金</source>
        <translation>Cash put in</translation>
    </message>
    <message>
        <source>取出现金</source>
        <translation>Cash taken out</translation>
    </message>
    <message>
        <source>抽屉应有现金</source>
        <translation>Cash due in the drawer</translation>
    </message>
    <message>
        <source>交班后才知道差额</source>
        <translation>The difference is told when closed</translation>
    </message>
    <message>
        <source>实点现金</source>
        <translation>Cash counted</translation>
    </message>
    <message>
        <source>收银机总额</source>
        <translation>Till total (Z)</translation>
    </message>
    <message>
        <source>可不填</source>
        <translation>Optional</translation>
    </message>
    <message>
        <source>金额太大，请核对</source>
        <translation>Too large, please check</translation>
    </message>
    <message>
        <source>现金相符</source>
        <translation>Cash agrees</translation>
    </message>
    <message>
        <source>现金多 {amount}</source>
        <translation>Cash over {amount}</translation>
    </message>
    <message>
        <source>现金少 {amount}</source>
        <translation>Cash short {amount}</translation>
    </message>
    <message>
        <source>与本机销售相符</source>
        <translation>Agrees with our sales</translation>
    </message>
    <message>
        <source>比本机销售多 {amount}</source>
        <translation>{amount} more than our sales</translation>
    </message>
    <message>
        <source>比本机销售少 {amount}</source>
        <translation>{amount} less than our sales</translation>
    </message>
    <message>
        <source>再按一次交班，{difference}</source>
        <translation>Press again to close. {difference}</translation>
    </message>
    <message>
        <source>交班，{difference}</source>
        <translation>Close shift. {difference}</translation>
    </message>
    <message>
        <source>{difference}。请再数一遍，没有数错就再按一次</source>
        <translation>{difference}. Count once more; press again if it is right</translation>
    </message>
    <message>
        <source>再按一次交班</source>
        <translation>Tap again to close</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Close shift</translation>
    </message>
    <message>
        <source>与应有现金相差较多。请再数一遍，没有数错就再按一次</source>
        <translation>Far from the cash due. Count again; if it is right, tap again</translation>
    </message>
    <message>
        <source>现金与应有相差较多，仍然交班</source>
        <translation>The cash is far from what is due; close all the same</translation>
    </message>
    <message>
        <source>{difference}，仍然交班</source>
        <translation>{difference}; close all the same</translation>
    </message>
    <message>
        <source>这个班次是别人开的，请本人、班长或店长交班</source>
        <translation>Somebody else opened this shift. Only they, a shift lead or a manager may close it</translation>
    </message>
    <message>
        <source>这个班次是{name}开的，请本人、班长或店长交班</source>
        <translation>{name} opened this shift. Only {name}, a shift lead or a manager may close it</translation>
    </message>
    <message>
        <source>{count} 笔，{amount}</source>
        <translation>{count}, {amount}</translation>
    </message>
    <message>
        <source>{count} 笔</source>
        <translation>{count}</translation>
    </message>
</context>
<context>
    <name>ShiftScreen</name>
    <message>
        <source>交班</source>
        <translation>Close shift</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回，不交班（Esc）</source>
        <translation>Back, without closing (Esc)</translation>
    </message>
    <message>
        <source>交班后锁屏，下一位登录时开新班次</source>
        <translation>The till then locks; whoever signs in next opens a new shift</translation>
    </message>
    <message>
        <source>存取现金</source>
        <translation>Cash in/out</translation>
    </message>
    <message>
        <source>打印小结</source>
        <translation>Print X</translation>
    </message>
    <message>
        <source>打印班次小结（X）</source>
        <translation>Print the shift so far (X)</translation>
    </message>
    <message>
        <source>店长授权</source>
        <translation>Approval</translation>
    </message>
    <message>
        <source>直接输总数</source>
        <translation>As a sum</translation>
    </message>
    <message>
        <source>按面额点</source>
        <translation>By notes</translation>
    </message>
    <message>
        <source>盲点：开</source>
        <translation>Blind: on</translation>
    </message>
    <message>
        <source>盲点：关</source>
        <translation>Blind: off</translation>
    </message>
    <message>
        <source>收银员数钱时看不到应有现金：现在开着</source>
        <translation>Cashiers count without seeing the cash due: on now</translation>
    </message>
    <message>
        <source>收银员数钱时看不到应有现金：现在关着</source>
        <translation>Cashiers count without seeing the cash due: off now</translation>
    </message>
</context>
<context>
    <name>ShiftViewModel</name>
    <message>
        <source>没有开着的班次</source>
        <translation>No shift is open</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Close shift</translation>
    </message>
    <message>
        <source>不能替别人交班</source>
        <translation>Not your shift to close</translation>
    </message>
    <message>
        <source>请输入实点现金</source>
        <translation>Enter the cash counted</translation>
    </message>
    <message>
        <source>请核对金额</source>
        <translation>Please check the amount</translation>
    </message>
    <message numerus="yes">
        <source>%n 笔待上传，不影响交班</source>
        <translation>
            <numerusform>%n operation waits to be sent; it does not keep you from closing</numerusform>
            <numerusform>%n operations wait to be sent; they do not keep you from closing</numerusform>
        </translation>
    </message>
    <message>
        <source>请{name}输入 PIN</source>
        <translation>{name}, please enter your PIN</translation>
    </message>
    <message>
        <source>请谁授权？</source>
        <translation>Who approves?</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
</context>
<context>
    <name>SignInViewModel</name>
    <message>
        <source>已锁屏</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>请选择您的名字</source>
        <translation>Who are you?</translation>
    </message>
    <message>
        <source>{name}，请输入 6 位 PIN</source>
        <translation>{name}, type your 6-digit PIN</translation>
    </message>
    <message>
        <source>班次 #{number} 已交班</source>
        <translation>Shift #{number} is closed</translation>
    </message>
    <message>
        <source>两次不一样，请重新设</source>
        <translation>The two differ; choose again</translation>
    </message>
    <message>
        <source>再输一次新 PIN</source>
        <translation>The new PIN once more</translation>
    </message>
    <message>
        <source>{name}，请设自己的 PIN（6 位）</source>
        <translation>{name}, choose a PIN of your own (6 digits)</translation>
    </message>
    <message>
        <source>先点您的名字，或扫工牌</source>
        <translation>Tap your name, or scan your badge</translation>
    </message>
    <message>
        <source>PIN 错得太多，请等 {minutes} 分钟</source>
        <translation>Too many wrong PINs; wait {minutes} min</translation>
    </message>
    <message>
        <source>PIN 错得太多，请等 {seconds} 秒</source>
        <translation>Too many wrong PINs; wait {seconds} s</translation>
    </message>
    <message>
        <source>PIN 不对，还可试 {left} 次</source>
        <translation>Wrong PIN; {left} tries left</translation>
    </message>
</context>
<context>
    <name>Staff</name>
    <message>
        <source>工号要 1 到 20 个字符，中间没有空格</source>
        <translation>A staff code has 1 to 20 characters and no spaces</translation>
    </message>
    <message>
        <source>请填写姓名，最多 60 个字</source>
        <translation>Write a name of at most 60 characters</translation>
    </message>
    <message>
        <source>这是最后一位店长，不能离职或改角色</source>
        <translation>This is the last manager, who can neither leave nor change</translation>
    </message>
    <message>
        <source>员工由总部管理，请在总部改</source>
        <translation>Head office keeps the staff; change it there</translation>
    </message>
    <message>
        <source>这个人已不在名单里</source>
        <translation>This person is not on the list any more</translation>
    </message>
    <message>
        <source>不认识这张工牌，请用 PIN 登录</source>
        <translation>This badge is unknown; sign in with your PIN</translation>
    </message>
    <message>
        <source>工号 {code} 已是 {name} 的，请换一个</source>
        <translation>Staff code {code} is {name}&apos;s; take another</translation>
    </message>
    <message>
        <source>工号 {code} 以前用过，请换一个</source>
        <translation>Staff code {code} was used before; take another</translation>
    </message>
    <message>
        <source>PIN 不能是连号或同一个数字</source>
        <translation>A PIN is no run and not one digit only</translation>
    </message>
    <message>
        <source>PIN 不能前三位和后三位相同，也不能只有两种数字</source>
        <translation>A PIN has no half twice, and three digits or more</translation>
    </message>
    <message>
        <source>请换一个，不能和给您的 PIN 一样</source>
        <translation>Take another PIN than the one you were given</translation>
    </message>
    <message>
        <source>PIN 不能用生日</source>
        <translation>A PIN is no birthday</translation>
    </message>
    <message>
        <source>PIN 要正好 6 位数字</source>
        <translation>A PIN has exactly six digits</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>少退一件 {of}</source>
        <translation>One less: {of}</translation>
    </message>
    <message>
        <source>多退一件 {of}</source>
        <translation>One more: {of}</translation>
    </message>
</context>
<context>
    <name>TableTab</name>
    <message>
        <source>更早的记录</source>
        <translation>Earlier</translation>
    </message>
</context>
<context>
    <name>TagsCard</name>
    <message>
        <source>去掉标签 {tag}</source>
        <translation>Take off tag {tag}</translation>
    </message>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>还没有标签</source>
        <translation>No tags yet</translation>
    </message>
    <message>
        <source>加标签</source>
        <translation>Add tag</translation>
    </message>
</context>
<context>
    <name>TellingPage</name>
    <message>
        <source>会员码</source>
        <translation>Member code</translation>
    </message>
    <message>
        <source>输入手机号</source>
        <translation>Type my phone number</translation>
    </message>
</context>
<context>
    <name>Till</name>
    <message>
        <source>已撤销 {due}</source>
        <translation>Undone: {due}</translation>
    </message>
    <message>
        <source>已撤销 {name} {due}，积分已还原</source>
        <translation>Undone: {name} {due}; points are as before</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>{name}的菜单</source>
        <translation>Menu of {name}</translation>
    </message>
    <message>
        <source>浅色界面</source>
        <translation>Light theme</translation>
    </message>
    <message>
        <source>深色界面</source>
        <translation>Dark theme</translation>
    </message>
    <message>
        <source>交班（F10）</source>
        <translation>Close shift (F10)</translation>
    </message>
    <message>
        <source>积分方案</source>
        <translation>Loyalty program</translation>
    </message>
    <message>
        <source>设备</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>锁屏或换人（F12）</source>
        <translation>Lock or switch (F12)</translation>
    </message>
    <message>
        <source>帮助（F1）</source>
        <translation>Help (F1)</translation>
    </message>
</context>
<context>
    <name>TrialPage</name>
    <message>
        <source>一般商品</source>
        <translation>Goods of no kind</translation>
    </message>
    <message>
        <source>加到明细</source>
        <translation>Add as a line</translation>
    </message>
    <message>
        <source>把金额加到明细</source>
        <translation>Add the amount as a line</translation>
    </message>
    <message>
        <source>清空明细</source>
        <translation>Clear the lines</translation>
    </message>
    <message>
        <source>输入金额，或把几样商品加到明细，看应付、积分和原因。不会记账。</source>
        <translation>Type an amount, or add goods as lines, to see what is due, the points and why. Nothing is recorded.</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>这台机器的数据由更新的版本写过，本版本不会打开它。数据没有改动，请安装新版本。</source>
        <translation>A newer version has written the data of this counter, and this one will not open it. Nothing was changed; please install the new version.</translation>
    </message>
    <message>
        <source>柜台已经在另一个窗口里打开。请使用那个窗口，或先关掉它再打开。</source>
        <translation>The counter is open in another window already. Use that window, or close it first.</translation>
    </message>
    <message>
        <source>这里还没有柜台。请先运行 guitai init 建一个。</source>
        <translation>There is no counter here yet. Run guitai init to make one.</translation>
    </message>
    <message>
        <source>机器上有东西不能用。已确认的都在，请告知店长。</source>
        <translation>Something on this machine does not work. All that was confirmed is there; please tell the manager.</translation>
    </message>
    <message>
        <source>磁盘已满，这一笔没有记账。已确认的都在。请清理磁盘后再按一次。</source>
        <translation>The disk is full and this was not recorded. All that was confirmed is there. Make room on the disk and press again.</translation>
    </message>
    <message>
        <source>数据库正忙，这一笔没有记账。请过几秒再按一次。</source>
        <translation>The database is busy and this was not recorded. Press again in a few seconds.</translation>
    </message>
    <message>
        <source>数据文件只读，这一笔没有记账。请告知店长。</source>
        <translation>The data file is read-only and this was not recorded. Please tell the manager.</translation>
    </message>
    <message>
        <source>打不开数据文件：钥匙不对或不见了。数据没有改动，请告知店长。</source>
        <translation>The data file cannot be opened: its key is wrong or missing. Nothing was changed; please tell the manager.</translation>
    </message>
    <message>
        <source>数据文件损坏，请停止收银并告知店长，用最近的备份恢复。</source>
        <translation>The data file is damaged. Stop selling and tell the manager: it must be restored from the latest backup.</translation>
    </message>
    <message>
        <source>读写磁盘出错，这一笔没有记账。已确认的都在，请告知店长。</source>
        <translation>The disk failed and this was not recorded. All that was confirmed is there; please tell the manager.</translation>
    </message>
</context>
<context>
    <name>TypingPage</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>待上传</source>
        <translation>Waiting to upload</translation>
    </message>
    <message>
        <source>撤销 {left}</source>
        <translation>Undo {left}</translation>
    </message>
    <message>
        <source>撤销上一笔</source>
        <translation>Undo the last sale</translation>
    </message>
    <message>
        <source>补打</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>补打上一笔小票</source>
        <translation>Reprint the last receipt</translation>
    </message>
</context>
<context>
    <name>UsersScreen</name>
    <message>
        <source>员工</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回收银台（Esc）</source>
        <translation>Back to the counter (Esc)</translation>
    </message>
    <message>
        <source>点一个人</source>
        <translation>Tap a person</translation>
    </message>
    <message>
        <source>改角色、重设 PIN、发工牌或离职</source>
        <translation>Change the role, give a PIN or a badge, or let go</translation>
    </message>
</context>
<context>
    <name>UsersViewModel</name>
    <message>
        <source>员工</source>
        <translation>Staff</translation>
    </message>
    <message>
        <source>添加员工</source>
        <translation>Add a person</translation>
    </message>
    <message>
        <source>已存到 {path}，打印后请删掉</source>
        <translation>Saved as {path}; delete it once it is printed</translation>
    </message>
    <message>
        <source>没有存成，磁盘可能满了</source>
        <translation>Not saved; the disk may be full</translation>
    </message>
    <message>
        <source>员工、角色和 PIN 由总部管理，请在总部改。这里只能发工牌。</source>
        <translation>Staff, roles and PINs are head office&apos;s; change them there. Only badges are made here.</translation>
    </message>
    <message>
        <source>新员工</source>
        <translation>New person</translation>
    </message>
    <message>
        <source>PIN 由系统随机给出，只显示一次；本人第一次登录时改成自己的。</source>
        <translation>The PIN is made by chance and shown once; at the first sign-in the person chooses his own.</translation>
    </message>
    <message>
        <source>添加</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>补发工牌</source>
        <translation>Make a new badge</translation>
    </message>
    <message>
        <source>发工牌</source>
        <translation>Make a badge</translation>
    </message>
    <message>
        <source>再点一次：{name} 离职</source>
        <translation>Once more: {name} has left</translation>
    </message>
    <message>
        <source>离职</source>
        <translation>Has left</translation>
    </message>
    <message>
        <source>重设 PIN</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>作废工牌</source>
        <translation>Cancel badge</translation>
    </message>
    <message>
        <source>{name} 的工牌</source>
        <translation>{name}&apos;s badge</translation>
    </message>
    <message>
        <source>只显示这一次。扫它就能登录，请本人保管；旧工牌已作废。</source>
        <translation>Shown this once. A scan of it signs in; its owner keeps it. A former badge opens nothing more.</translation>
    </message>
    <message>
        <source>存成可打印的 PDF</source>
        <translation>Save as PDF to print</translation>
    </message>
    <message>
        <source>{name} 的 PIN</source>
        <translation>{name}&apos;s PIN</translation>
    </message>
    <message>
        <source>只显示这一次。请当面告诉本人；第一次登录时会要求改成自己的。</source>
        <translation>Shown this once. Tell it in person; at the first sign-in another has to be chosen.</translation>
    </message>
</context>
<context>
    <name>UsersWords</name>
    <message>
        <source>工号</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>上次登录</source>
        <translation>Last in</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>上次在本机登录：{at}</source>
        <translation>Last sign-in here: {at}</translation>
    </message>
    <message>
        <source>已离职。他做过的每一笔仍记着他的名字。</source>
        <translation>Has left. What was done keeps the name.</translation>
    </message>
    <message>
        <source>有工牌</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>没有工牌</source>
        <translation>No badge</translation>
    </message>
    <message>
        <source>已离职</source>
        <translation>Has left</translation>
    </message>
    <message>
        <source>PIN 已锁</source>
        <translation>PIN is locked</translation>
    </message>
    <message>
        <source>待改 PIN</source>
        <translation>New PIN</translation>
    </message>
</context>
<context>
    <name>Value</name>
    <message>
        <source>需要店长授权</source>
        <translation>A manager has to approve</translation>
    </message>
    <message>
        <source>撤回刚才的充值 {amount}</source>
        <translation>Take the last top-up of {amount} back</translation>
    </message>
    <message>
        <source>退还金额</source>
        <translation>Pay out</translation>
    </message>
    <message>
        <source>充值金额</source>
        <translation>Pay in</translation>
    </message>
    <message>
        <source>金额太大，请核对</source>
        <translation>Too large: check the amount</translation>
    </message>
    <message>
        <source>不输入就全部退</source>
        <translation>All of it unless you type less</translation>
    </message>
    <message>
        <source>连同当时送的赠金</source>
        <translation>With the bonus it brought</translation>
    </message>
    <message>
        <source>请稍等</source>
        <translation>One moment</translation>
    </message>
    <message>
        <source>请核对金额</source>
        <translation>Check the amount</translation>
    </message>
    <message>
        <source>请选退还的原因</source>
        <translation>Choose the reason</translation>
    </message>
    <message>
        <source>请输入充值金额</source>
        <translation>Type the amount to pay in</translation>
    </message>
    <message>
        <source>余额</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>本金</source>
        <translation>Paid in</translation>
    </message>
    <message>
        <source>赠金</source>
        <translation>Bonus</translation>
    </message>
    <message>
        <source>{day} 到期的赠金</source>
        <translation>Bonus until {day}</translation>
    </message>
    <message>
        <source>充值</source>
        <translation>Top up</translation>
    </message>
    <message>
        <source>退还</source>
        <translation>Pay out</translation>
    </message>
    <message>
        <source>消费</source>
        <translation>Sale</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undone</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>{at} {what}</source>
        <translation>{at} {what}</translation>
    </message>
    <message>
        <source>顾客退卡</source>
        <translation>Customer leaves</translation>
    </message>
    <message>
        <source>充错了</source>
        <translation>Paid in by mistake</translation>
    </message>
    <message>
        <source>其他原因</source>
        <translation>Another reason</translation>
    </message>
    <message>
        <source>充 {pay}</source>
        <translation>{pay}</translation>
    </message>
    <message>
        <source>充 {pay} 送 {bonus}</source>
        <translation>{pay} + {bonus} bonus</translation>
    </message>
    <message>
        <source>收{tender} {pay}，余额 {balance}</source>
        <translation>Take {pay} ({tender}), balance {balance}</translation>
    </message>
    <message>
        <source>收{tender} {pay}，送 {bonus}，余额 {balance}</source>
        <translation>Take {pay} ({tender}), {bonus} on top, balance {balance}</translation>
    </message>
    <message>
        <source>退{tender} {pay}</source>
        <translation>Pay {pay} out ({tender})</translation>
    </message>
    <message>
        <source>退{tender} {pay}，赠金 {bonus} 作废</source>
        <translation>Pay {pay} out ({tender}), {bonus} of bonus is void</translation>
    </message>
    <message>
        <source>已退还 {pay}，余额 {balance}</source>
        <translation>{pay} paid out, balance {balance}</translation>
    </message>
    <message>
        <source>已充值 {pay}，余额 {balance}</source>
        <translation>{pay} paid in, balance {balance}</translation>
    </message>
    <message>
        <source>已充值 {pay}，送 {bonus}，余额 {balance}</source>
        <translation>{pay} paid in, {bonus} on top, balance {balance}</translation>
    </message>
</context>
<context>
    <name>ValueScreen</name>
    <message>
        <source>储值</source>
        <translation>Stored value</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回（Esc）</source>
        <translation>Back (Esc)</translation>
    </message>
    <message>
        <source>打印凭条</source>
        <translation>Print slip</translation>
    </message>
    <message>
        <source>打印最近一次充值或退还的凭条</source>
        <translation>Print the slip of the newest top-up or refund</translation>
    </message>
    <message>
        <source>充值</source>
        <translation>Top up</translation>
    </message>
    <message>
        <source>退还</source>
        <translation>Pay out</translation>
    </message>
    <message>
        <source>店长授权</source>
        <translation>Approval</translation>
    </message>
</context>
<context>
    <name>ValueViewModel</name>
    <message>
        <source>金额较大，请核对后再按一次</source>
        <translation>A large amount: check it and press again</translation>
    </message>
    <message>
        <source>请{name}输入 PIN</source>
        <translation>{name}, please enter your PIN</translation>
    </message>
    <message>
        <source>请谁授权？</source>
        <translation>Who approves?</translation>
    </message>
    <message>
        <source>本店没有可以授权的人</source>
        <translation>Nobody here can approve</translation>
    </message>
</context>
<context>
    <name>Visitors</name>
    <message>
        <source>本机没有，正在问总部…</source>
        <translation>Not on this machine, asking head office…</translation>
    </message>
</context>
<context>
    <name>VoidViewModel</name>
    <message>
        <source>作废 {amount}</source>
        <translation>Void {amount}</translation>
    </message>
    <message>
        <source>请先选原因</source>
        <translation>Choose a reason first</translation>
    </message>
    <message>
        <source>作废，退还 {amount}</source>
        <translation>Void, give back {amount}</translation>
    </message>
    <message>
        <source>先选原因，再请一位有权限的人授权</source>
        <translation>Choose a reason, then ask somebody to approve</translation>
    </message>
    <message>
        <source>本店没有可以授权的人</source>
        <translation>Nobody here may approve</translation>
    </message>
    <message>
        <source>请谁授权？</source>
        <translation>Who approves?</translation>
    </message>
    <message>
        <source>请{name}输入 PIN，同意作废</source>
        <translation>{name}, type your PIN to approve</translation>
    </message>
    <message>
        <source>已作废 {amount}，收回 {points} 分</source>
        <translation>{amount} voided, {points} points taken back</translation>
    </message>
</context>
<context>
    <name>WelcomePanel</name>
    <message>
        <source>会员码</source>
        <translation>Member code</translation>
    </message>
    <message>
        <source>存会员码 PDF</source>
        <translation>Save code as PDF</translation>
    </message>
    <message>
        <source>打印会员码</source>
        <translation>Print the code</translation>
    </message>
</context>
<context>
    <name>WhoPlace</name>
    <message>
        <source>新会员入会</source>
        <translation>Enroll a new member</translation>
    </message>
    <message>
        <source>新会员入会（F3）</source>
        <translation>Enroll a new member (F3)</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>{minutes} 分钟前</source>
        <translation>{minutes} min ago</translation>
    </message>
    <message>
        <source>{hours} 小时 {minutes} 分前</source>
        <translation>{hours} h {minutes} min ago</translation>
    </message>
    <message>
        <source>{days} 天前</source>
        <translation>{days} d ago</translation>
    </message>
    <message>
        <source>{minutes} 分钟</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} 小时</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{days} 天</source>
        <translation>{days} d</translation>
    </message>
    <message>
        <source>女士</source>
        <translation>Ms</translation>
    </message>
    <message>
        <source>先生</source>
        <translation>Mr</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>还没来过</source>
        <translation>No visit yet</translation>
    </message>
    <message>
        <source>上次到店 {day}</source>
        <translation>Last visit {day}</translation>
    </message>
    <message>
        <source>已冻结</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>班长</source>
        <translation>Shift lead</translation>
    </message>
    <message>
        <source>店长</source>
        <translation>Manager</translation>
    </message>
    <message>
        <source>总部</source>
        <translation>Head office</translation>
    </message>
    <message>
        <source>审计</source>
        <translation>Auditor</translation>
    </message>
    <message>
        <source>到店</source>
        <translation>Walk-in</translation>
    </message>
    <message>
        <source>老带新</source>
        <translation>Referral</translation>
    </message>
    <message>
        <source>活动</source>
        <translation>Campaign</translation>
    </message>
    <message>
        <source>微信</source>
        <translation>WeChat</translation>
    </message>
    <message>
        <source>网站</source>
        <translation>Web site</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
</TS>
